"""Forms at the desk: those of the unit and those to check, a new one, and one on its way step by step."""

from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets import states
from linli.sheets.actions.bring import Issued, bring_form, say_kind
from linli.sheets.actions.check import accept_form, check_form, drop_form, hand_in, return_form, send_back
from linli.sheets.actions.confirm import LEFT, Chosen, confirm_columns
from linli.sheets.actions.unread import keep_unread, unread_of
from linli.sheets.forms import BringForm, ReturnForm
from linli.sheets.models import Column, Form
from linli.sheets.queries.bounds import basis_of
from linli.sheets.queries.columns import meant, parts_of
from linli.sheets.queries.listed import standing_of
from linli.sheets.queries.sight import SEE, forms_seen_by
from linli.sheets.rules.designs import KINDS
from linli.sheets.rules.kinds import Kind
from linli.sheets.rules.refusals import SheetRefusedError
from linli.trust import api as trust

SIZE = 25
DEEDS: Mapping[str, tuple[Callable[..., Form], bool, str | Promise]] = {
    "hand-in": (hand_in, False, gettext_lazy("Handed in; somebody else of the unit checks it now.")),
    "check": (check_form, False, gettext_lazy("Checked; it can be delivered.")),
    "send-back": (send_back, True, gettext_lazy("Sent back with your words.")),
    "accept": (accept_form, False, gettext_lazy("Taken in; the unit sees it on its receipt.")),
    "return": (
        return_form,
        True,
        gettext_lazy("Returned with what is wrong; it will be delivered again."),
    ),
    "drop": (drop_form, False, gettext_lazy("Dropped; it stays in the list of dropped forms.")),
}
TABS = {
    "open": (states.READ, states.BOUND, states.FILLED, states.CHECKING, states.CHECKED),
    "check": (states.CHECKING,),
    "take-in": (states.DELIVERED,),
    "delivered": (states.DELIVERED, states.ACCEPTED),
    "dropped": (states.DROPPED,),
}


FOR = {"open": (states.FILL, states.CHECK), "check": (states.CHECK,), "take-in": (states.ACCEPT,)}


@trust.staff(*SEE)
def forms(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the forms of the unit, and take a new one."""
    bring = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and bring.is_valid() and (form := _brought(bring, actor)):
        return redirect("sheets:form", form_id=form.pk)
    tabs = [code for code in TABS if any(actor.can(one) for one in FOR.get(code, SEE))]
    first = "take-in" if "take-in" in tabs and not actor.can(states.FILL) else tabs[0]
    tab = chosen if (chosen := request.GET.get("tab", "")) in tabs else first
    rows = _of_tab(actor, tab).filter(state__in=TABS[tab]).select_related("unit", "division")
    page = kernel.keyset_page(rows, order=("-id",), cursor=request.GET.get("cursor"), size=SIZE)
    words = {
        "open": _("Under way"),
        "check": _("To check"),
        "take-in": _("To take in"),
        "delivered": _("Delivered"),
        "dropped": _("Dropped"),
    }
    context = {
        **accounts.desk_shell(actor, "sheets"), "bring": bring, "may_fill": actor.can(states.FILL), "page": page,
        "rows": [_row(one) for one in page.items], "tab": tab,
        "unread": unread_of(actor) if actor.can(states.FILL) else (),
        "tabs": [{"label": words[code], "url": f"?tab={code}", "current": code == tab} for code in tabs],
    }  # fmt: skip
    return render(request, "sheets/forms.html", context, status=422 if bring.errors else 200)


@trust.staff(*SEE)
def form(request: HttpRequest, actor: accounts.Actor, form_id: UUID) -> HttpResponse:
    """Show a form at the step where it stands, or its columns again."""
    row = found(actor, form_id)
    if row.state != states.READ and request.GET.get("step") != "columns":
        return redirect("sheets:rows", form_id=row.pk)
    return _columns(request, actor, row)


@require_POST
@trust.staff(states.FILL)
def columns(request: HttpRequest, actor: accounts.Actor, form_id: UUID) -> HttpResponse:
    """Confirm what the columns ask for."""
    row = found(actor, form_id)
    asked = Column.objects.filter(part__form=row).select_related("part")
    said = {one.pk: request.POST.get(f"column-{one.pk}", "") for one in asked}
    means = {one.pk: meant(one, said[one.pk]) for one in asked}
    chosen = {key: Chosen(*one) for key, one in means.items() if one}
    if "rest" in request.POST:
        chosen |= {key: LEFT for key, words in said.items() if not words.strip()}
    try:
        confirm_columns(form_id=row.pk, chosen=chosen, by=actor, now=kernel.now())
    except SheetRefusedError as refused:
        return _columns(request, actor, row, said=said, problem=str(refused))
    messages.success(request, _("Confirmed, and remembered for every form with these columns."))
    return redirect("sheets:rows", form_id=row.pk)


@require_POST
@trust.staff(states.FILL)
def kind(request: HttpRequest, actor: accounts.Actor, form_id: UUID) -> HttpResponse:
    """Say what a row of a table is; its columns are proposed anew."""
    row = found(actor, form_id)
    part = row.parts.filter(place=int(place) if (place := request.POST.get("part", "")).isdecimal() else -1).first()
    if part is None:
        raise Http404
    try:
        say_kind(part_id=part.pk, kind=cast("Kind", request.POST.get("kind", "")), by=actor, now=kernel.now())
        messages.success(request, _("Read anew; look at what the columns ask for now."))
    except SheetRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("sheets:form", form_id=row.pk)


@require_POST
@trust.staff(*SEE)
def do(request: HttpRequest, actor: accounts.Actor, form_id: UUID, deed: str) -> HttpResponse:
    """Hand a form in, find it right, send it back, take it in, return it, or drop it."""
    row = found(actor, form_id)
    if deed not in DEEDS:
        raise Http404
    act, takes_reasons, done = DEEDS[deed]
    wrong = ReturnForm(request.POST)
    said = wrong.cleaned_data if takes_reasons and wrong.is_valid() else {"reasons": [], "words": ""}
    try:
        act(form_id=row.pk, by=actor, now=kernel.now(), **(said if takes_reasons else {}))
        messages.success(request, str(done))
    except SheetRefusedError as refused:
        messages.error(request, str(refused))
    if not forms_seen_by(actor).filter(pk=row.pk).exists():  # returned: it is the community's again
        return redirect("sheets:forms")
    return redirect("sheets:form", form_id=row.pk)


def found(actor: accounts.Actor, form_id: UUID) -> Form:
    """Return a form that somebody sees; 404 for any other."""
    row = forms_seen_by(actor).select_related("unit", "division").filter(pk=form_id).first()
    if row is None:
        raise Http404
    return row


def _of_tab(actor: accounts.Actor, tab: str) -> "QuerySet[Form]":
    if tab == "take-in":
        return trust.visible(actor, states.ACCEPT, Form.objects.all())
    return forms_seen_by(actor)


def shell(actor: accounts.Actor, row: Form, step: int) -> dict[str, Any]:
    """Return what stands around each step of a form."""
    labels = [_("Columns"), _("Whom"), _("Filled"), _("Check by another"), _("Deliver")]
    return {
        **accounts.desk_shell(actor, "sheets"), "form": row, "state": states.LABELS[row.state],
        "tone": states.TONES.get(row.state, ""), "steps": labels, "step": step,
        "is_open": row.state in states.OPEN, "may_fill": trust.may(actor, states.FILL, row),
        "left": (row.due - timezone.localdate()).days if row.due and row.state in states.OPEN else None,
        "listed": standing_of(row, now=kernel.now()),
        "basis": basis_of(row),
    }  # fmt: skip


def _brought(bring: BringForm, actor: accounts.Actor) -> Form | None:
    said = dict(bring.cleaned_data)
    file, now = said.pop("file"), kernel.now()
    issued = Issued(content=file.read(), name=file.name, **said)
    try:
        return bring_form(issued=issued, by=actor, now=now)
    except SheetRefusedError as refused:
        bring.add_error("file", str(refused))
        keep_unread(issued=issued, sentence=str(refused), by=actor, now=now)
        return None


def _columns(
    request: HttpRequest, actor: accounts.Actor, row: Form, *, said: dict[UUID, str] | None = None, problem: str = ""
) -> HttpResponse:
    parts = parts_of(row, said)
    context = {
        **shell(actor, row, 1), "parts": parts, "problem": problem, "kinds": KINDS.items(),
        "some_open": any(one.is_open for one in parts),
    }  # fmt: skip
    return render(request, "sheets/columns.html", context, status=422 if problem else 200)


def _row(row: Form) -> dict[str, Any]:
    return {"it": row, "state": states.LABELS[row.state], "tone": states.TONES.get(row.state, "")}
