"""The designer: a form from elements, with buttons alone; it leaves as a workbook, an XLSForm or an application.

Nothing is kept until somebody applies: the page carries the whole design, and each button sends it and gets it back.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets import exports
from linli.sheets.actions.admission import draft_admission, redesign
from linli.sheets.models import Admission
from linli.sheets.queries.admissions import admissions_seen_by
from linli.sheets.queries.designing import Offer, offers, taken
from linli.sheets.queries.meanings import code_tables, dictionary
from linli.sheets.rules import drawing, xlsforms
from linli.sheets.rules.admission_states import DRAFT, ISSUE
from linli.sheets.rules.designs import KINDS, MOST_COLUMNS, Design, DesignColumn, check_columns, columns_of, moved
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.rules.transforms import made
from linli.sheets.views.admissions import shell
from linli.trust import api as trust

DRAWN = ("persons", "households", "houses", "organisations", "places", "things")
OUT = {"xlsx": "xlsx", "xlsform": "xlsform"}
LONGEST = 200
BY_HAND = ("row_number", "blank")


@trust.staff(ISSUE)
def design(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the design as it was sent, after what the pressed button does."""
    draft = _draft(actor, request.GET.get("admission", ""))
    if request.method != "POST":
        return _page(request, actor, _begun(draft, request.GET.get("kind", "")), draft)
    said, act = _said(request.POST), request.POST.get("act", "")
    if act in OUT or act == "apply":
        return _leave(request, actor, said, act, draft)
    done, focus, problem = _changed(said, act, request.POST)
    return _page(request, actor, done, draft, focus=focus, problem=problem)


def _leave(
    request: HttpRequest, actor: accounts.Actor, said: Design, act: str, draft: Admission | None
) -> HttpResponse:  # fmt: skip
    now = kernel.now()
    try:
        if act == "apply":
            return _applied(request, actor, said, draft, now)
        check_columns(said.columns)
    except SheetRefusedError as refused:
        return _page(request, actor, said, draft, problem=str(refused), status=422)
    if not said.title.strip():
        return _page(request, actor, said, draft, problem=_("Give the form a title."), status=422)
    if act == "xlsform":
        content = xlsforms.workbook_of(
            said, dictionary(), code_tables(), version=f"{timezone.localtime(now):%Y%m%d%H%M}"
        )
        return exports.file_of(content, f"{said.title} XLSForm.xlsx")
    return exports.file_of(drawing.workbook_of(said, dictionary(), code_tables()), f"{said.title}.xlsx")


def _applied(
    request: HttpRequest, actor: accounts.Actor, said: Design, draft: Admission | None, now: datetime
) -> HttpResponse:  # fmt: skip
    if draft is not None:
        row = redesign(admission_id=draft.pk, design=said, by=actor, now=now)
    else:
        row = draft_admission(design=said, by=actor, now=now)
    messages.success(request, _("Kept as a draft. Look at the overlap, then say the terms and apply."))
    return redirect("sheets:admission", admission_id=row.pk)


def _changed(said: Design, act: str, data: QueryDict) -> tuple[Design, str, str]:
    """Return the design after one button, where the focus goes, and what could not be done."""
    deed, _colon, rest = act.partition(":")
    columns, place = list(said.columns), int(rest) if rest.isdecimal() and len(rest) < len("1000") else -1
    focus, problem = "", ""
    if deed == "kind":
        return Design(said.title, said.kind, (), said.notes), "add", problem
    if deed in {"up", "down"}:
        step = -1 if deed == "up" else 1
        columns = moved(columns, place, step)
        to = min(max(place + step, 0), len(columns) - 1)
        at_end = to == (0 if deed == "up" else len(columns) - 1)
        focus = f"{'down' if deed == 'up' else 'up'}-{to}" if at_end else f"{deed}-{to}"
    elif deed == "remove" and 0 <= place < len(columns):
        del columns[place]
        focus = f"remove-{min(place, len(columns) - 1)}" if columns else "add"
    elif deed == "add":
        focus = "add"
        columns, problem = _added(said, columns, data.get("add", ""))
    return Design(said.title, said.kind, tuple(columns), said.notes), focus, problem


def _added(said: Design, columns: list[DesignColumn], words: str) -> tuple[list[DesignColumn], str]:
    known = taken(said.kind, words)
    if known is None:
        return columns, _(
            "Nothing is called so. Choose from the list, or begin with a plus sign for a column of its own."
        )
    if len(columns) >= MOST_COLUMNS:
        return columns, _("A form has at most %d columns.") % MOST_COLUMNS
    if known.path in {one.path for one in columns}:
        return columns, _("This column is there already.")
    return [*columns, known], ""


def _said(data: QueryDict) -> Design:
    """Return the design that the page carried."""
    kind = data.get("kind", "")
    heads, groups = data.getlist("header"), data.getlist("group")
    elements, kinds = data.getlist("element"), data.getlist("transform")
    columns = [
        _column(head, group, element, transform, kind)
        for head, group, element, transform in zip(heads, groups, elements, kinds, strict=False)
    ][:MOST_COLUMNS]
    notes = tuple(line.strip()[:300] for line in data.get("notes", "").splitlines() if line.strip())[:10]
    return Design(data.get("title", "").strip()[:LONGEST], kind if kind in KINDS else DRAWN[0], tuple(columns), notes)


def _column(head: str, group: str, element: str, transform: str, kind: str) -> DesignColumn:
    words = [part.strip()[:LONGEST] for part in (*group.split("/"), head)]
    path = (*(part for part in words[:-1] if part), words[-1])
    usual: Mapping[str, Offer] = offers(kind)
    if element in usual:
        return DesignColumn(path, element, usual[element].transform)
    return DesignColumn(path, "", made(transform if transform in BY_HAND else "blank"))


def _begun(draft: Admission | None, kind: str) -> Design:
    if draft is not None:
        return Design(draft.title, draft.kind, columns_of(draft.columns), tuple(draft.notes))
    return Design("", kind if kind in DRAWN else DRAWN[0], ())


def _draft(actor: accounts.Actor, key: str) -> Admission | None:
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    rows = admissions_seen_by(actor).filter(state=DRAFT, unit_id__in=actor.unit_ids)
    return rows.filter(pk=wanted).first()


def _page(
    request: HttpRequest, actor: accounts.Actor, said: Design, draft: Admission | None, *, focus: str = "",
    problem: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    offered = offers(said.kind)
    here = {one.element for one in said.columns}
    context = {
        **shell(actor, "design"), "design": said, "draft": draft, "focus": focus, "problem": problem,
        "notes": "\n".join(said.notes), "kinds": [(code, KINDS[code]) for code in dict.fromkeys((*DRAWN, said.kind))],
        "offers": [one for path, one in offered.items() if path not in here], "last": len(said.columns) - 1,
        "rows": [
            {"it": one, "place": place, "said": offered[one.element].words if one.element in offered else "",
             "kind": one.transform.kind, **{deed: f"{deed}-{place}" for deed in ("up", "down", "remove")}}
            for place, one in enumerate(said.columns)
        ],
    }  # fmt: skip
    return render(request, "sheets/design.html", context, status=status)
