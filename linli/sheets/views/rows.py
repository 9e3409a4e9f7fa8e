"""The rows of a form: whom it means, the filled table cell by cell, what is missing, and its way back."""

from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.sheets import states
from linli.sheets.actions.ask import ask_gaps
from linli.sheets.actions.choose import Choice, choose_rows, count_rows
from linli.sheets.actions.deliver import deliver_form
from linli.sheets.actions.type_in import type_in
from linli.sheets.forms import AreaScopeForm, PurposeForm, ReturnForm, ScopeForm, SourceScopeForm, initial_of
from linli.sheets.models import Form, Line, Part
from linli.sheets.queries.bounds import read_for
from linli.sheets.queries.families import Shown, families_shown, family_lists
from linli.sheets.queries.filled import FilledLine, Reading, cells_of, closed_in, columns_of, kind_of, page_of
from linli.sheets.queries.gaps import gap_counts
from linli.sheets.queries.ledgers import views_for
from linli.sheets.queries.missing import missing_of
from linli.sheets.queries.reading import BY_AREA, has_rows, read_part
from linli.sheets.queries.receipts import reasons_of, receipts_of, sent_back
from linli.sheets.queries.scoping import proposed_scope
from linli.sheets.queries.sight import SEE
from linli.sheets.queries.since import marked, since_last
from linli.sheets.queries.sources import source_for
from linli.sheets.rules.delivery.files import words_of
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.views.delivered import delivered, file_out
from linli.sheets.views.forms import found, shell
from linli.trust import api as trust

REPORT = "report"
AnyScope = ScopeForm | AreaScopeForm | SourceScopeForm


@trust.staff(*SEE)
def rows(request: HttpRequest, actor: accounts.Actor, form_id: UUID) -> HttpResponse:
    """Choose whom a form means; once chosen, show it filled."""
    row = found(actor, form_id)
    if not any(trust.may(actor, one, row) for one in (states.FILL, states.CHECK)):
        return delivered(request, actor, row)
    if row.state == states.READ:
        return redirect("sheets:form", form_id=row.pk)
    if row.state == states.BOUND or request.GET.get("step") == "rows":
        return _choosing(request, actor, row)
    return _filled(request, actor, row)


@require_POST
@trust.staff(states.FILL)
def choose(request: HttpRequest, actor: accounts.Actor, form_id: UUID) -> HttpResponse:
    """Choose the rows, or only count them."""
    row, now = found(actor, form_id), kernel.now()
    purpose, scopes = _forms(request, actor, row, now)
    if not all(one.is_valid() for one in (purpose, *scopes.values())):
        return _choosing(request, actor, row, (purpose, scopes))
    try:
        if request.POST.get("deed") == "count":
            said = purpose.cleaned_data["purpose"]
            counts = {
                part.pk: count_rows(part=part, scope=scopes[part.pk].scope(), purpose=said, by=actor, now=now)
                for part in _parts(row)
            }  # fmt: skip
            return _choosing(request, actor, row, (purpose, scopes), counts=counts)
        chosen = Choice(scopes={key: one.scope() for key, one in scopes.items()}, **purpose.cleaned_data)
        total = choose_rows(form_id=row.pk, choice=chosen, by=actor, now=now)
    except SheetRefusedError as refused:
        return _choosing(request, actor, row, (purpose, scopes), problem=str(refused))
    messages.success(request, ngettext("%d row is filled.", "%d rows are filled.", total) % total)
    return redirect("sheets:rows", form_id=row.pk)


@require_POST
@trust.staff(states.FILL)
def line(request: HttpRequest, actor: accounts.Actor, line_id: UUID) -> HttpResponse:
    """Type into cells of one row."""
    row = Line.objects.filter(pk=line_id).select_related("part").first()
    if row is None:
        raise Http404
    form, now = found(actor, row.part.form_id), kernel.now()
    try:
        for column in columns_of(row.part):
            if value := request.POST.get(f"cell-{column.pk}", "").strip():
                type_in(line_id=row.pk, column_id=column.pk, value=value, by=actor, now=now)
    except SheetRefusedError as refused:
        messages.error(request, str(refused))
    return redirect(f"{_url(form)}?part={row.part.place}&cursor={quote(request.POST.get('cursor', ''))}")


@require_POST
@trust.staff(states.FILL)
def ask(request: HttpRequest, actor: accounts.Actor, form_id: UUID) -> HttpResponse:
    """Ask for what is missing, home by home."""
    row, now = found(actor, form_id), kernel.now()
    done = ask_gaps(form_id=row.pk, missing=missing_of(row, by=actor, now=now), by=actor, now=now)
    if done.handed:
        messages.success(request, _handed(done.handed))
    said = ngettext("%d new question stands at the doors.", "%d new questions stand at the doors.", done.new)
    if done.new or not done.handed:
        words = said % done.new if done.new else _("Everything that is missing is asked already.")
        messages.success(request, words)
    return redirect("sheets:rows", form_id=row.pk)


def _handed(cells: int) -> str:
    said = ngettext(
        "%d cell has an answer that another form got lately; nobody is asked again.",
        "%d cells have answers that other forms got lately; nobody is asked again.", cells,
    )  # fmt: skip
    return said % cells


@require_POST
@trust.staff(states.FILL)
def deliver(request: HttpRequest, actor: accounts.Actor, form_id: UUID) -> HttpResponse:
    """Hand out the issuer's own file, filled."""
    row = found(actor, form_id)
    try:
        sent = deliver_form(form_id=row.pk, by=actor, now=kernel.now())
    except SheetRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("sheets:rows", form_id=row.pk)
    except trust.ApprovalNeededError as needed:
        return redirect("trust_own_export", export_id=needed.request_id)
    return file_out(sent.content, sent.name, sent.delivery.layout)


def _parts(row: Form) -> list[Part]:
    found = row.parts.order_by("place").select_related("form").prefetch_related("columns")
    return [part for part in found if has_rows(part)]


def _forms(
    request: HttpRequest, actor: accounts.Actor, row: Form, now: datetime
) -> tuple[PurposeForm, dict[UUID, AnyScope]]:
    data = request.POST or None
    offered = registry.purposes_of(actor, now=now, capability=states.FILL)
    first = row.purpose or (REPORT if REPORT in dict(offered) else "")
    initial = {"purpose": first, "on": row.on, "basis": row.basis}
    purpose = PurposeForm(data, purposes=offered, is_listed=row.admission_id is not None, initial=initial)
    held = actor.holdings_with(states.FILL) or actor.holdings
    areas = areas_of(held[0].division_id) if held else []
    return purpose, {part.pk: _scope_form(data, actor, part, areas) for part in _parts(row)}


def _scope_form(
    data: Any, actor: accounts.Actor, part: Part, areas: list[tuple[int, str]]
) -> AnyScope:  # fmt: skip
    kind, prefix = kind_of(part), f"part-{part.place}"
    initial = initial_of(proposed_scope(part))
    if part.kind == BY_AREA:
        return AreaScopeForm(data, prefix=prefix, areas=areas, initial=initial)
    if source := source_for(part):
        matters = list(source.matters(now=kernel.now()))
        return SourceScopeForm(data, prefix=prefix, areas=areas, matters=matters, initial=initial)
    tags = list(registry.tags_seen_by(actor, kind))
    return ScopeForm(data, prefix=prefix, kind=kind, areas=areas, tags=tags, initial=initial)


def _choosing(
    request: HttpRequest, actor: accounts.Actor, row: Form,
    said: tuple[PurposeForm, dict[UUID, AnyScope]] | None = None, *, counts: dict[UUID, int] | None = None,
    problem: str = "",
) -> HttpResponse:  # fmt: skip
    purpose, scopes = said or _forms(request, actor, row, kernel.now())
    known = counts or {}
    context = {
        **shell(actor, row, 2), "ledgers": views_for(row, actor), "purpose": purpose, "problem": problem,
        "parts": [(part, scopes[part.pk], known.get(part.pk)) for part in _parts(row)],
    }  # fmt: skip
    wrong = problem or (said and counts is None)
    return render(request, "sheets/rows.html", context, status=422 if wrong else 200)


def _filled(request: HttpRequest, actor: accounts.Actor, row: Form) -> HttpResponse:
    parts, now = _parts(row), kernel.now()
    place = request.GET.get("part", "")
    part = next((one for one in parts if str(one.place) == place), parts[0] if parts else None)
    context = {
        **shell(actor, row, {states.FILLED: 3, states.CHECKING: 4}.get(row.state, 5)), "part": part, "parts": parts,
        "gaps": gap_counts(row.pk), "wrong": ReturnForm(), "receipts": receipts_of(row),
        "may_copy": trust.may(actor, states.FILL, row), "said": words_of(row.layout), "back": _back(row),
        "may_check": row.state == states.CHECKING and trust.may(actor, states.CHECK, row)
        and row.handed_in_by_id not in actor.persons,
        "history": row.steps.order_by("-at").select_related("by")[:20], "cursor": request.GET.get("cursor", ""),
        "tabs": [{"label": one.title or one.grid_name, "url": f"?part={one.place}", "current": one == part}
                 for one in parts] if len(parts) > 1 else [],
    }  # fmt: skip
    if part is not None:
        page = page_of(part, request.GET.get("cursor") or None)
        reading = read_part(part, page.items, by=actor, now=now, read=read_for(row)) if page.items else None
        context |= {
            "page": page, "columns": columns_of(part), "lines": _lines(part, reading, actor, now) if reading else [],
            "count": part.lines.filter(left_out="").count(), "left_out": part.lines.exclude(left_out="").count(),
            "closed": closed_in(reading) if reading else [], "since": since_last(row, part),
            "can_keep": bool(kind_of(part)), "families": _families(part, reading, actor, now),
        }  # fmt: skip
    return render(request, "sheets/filled.html", context)


def _families(part: Part, reading: Reading | None, actor: accounts.Actor, now: datetime) -> list[Shown]:
    """Return the lists within the cards of a page that ask for a household."""
    lists = family_lists(part.form) if part.is_card and reading else []
    return [families_shown(one, part, reading, by=actor, now=now) for one in lists if reading]


def _back(row: Form) -> str:
    """Return why a form came back, until it is handed in again."""
    step = sent_back(row) if row.state == states.FILLED else None
    if step is None:
        return ""
    told = [*(str(one) for one in reasons_of(step.reasons)), *([step.words] if step.words else [])]
    return _("It came back: %s") % pgettext("between reasons", "; ").join(told)


def _lines(part: Part, reading: Reading, actor: accounts.Actor, now: datetime) -> list[FilledLine]:
    """Return lines in words; of records, with the cells marked about which sources differ."""
    ids = [one.entity_id for one in reading.lines if one.entity_id]
    differing = registry.differing(
        kind=kind_of(part), ids=ids, paths=reading.found.paths, by=actor, purpose=part.form.purpose, now=now
    ) if ids else {}  # fmt: skip
    since = since_last(part.form, part)
    return marked(cells_of(reading, differing), reading.columns, part.form, since.issue if since else None)


def _url(form: Form) -> str:
    return str(redirect("sheets:rows", form_id=form.pk).url)


def areas_of(division_id: int) -> list[tuple[int, str]]:
    """Return a division with its streets and communities, as an area is chosen."""
    top = regions.division(division_id)
    areas = [(top.id, top.name)]
    for one in regions.children(top.id):
        areas.append((one.id, one.name))
        areas += [(each.id, f"{one.name} {each.name}") for each in regions.children(one.id)]
    return areas
