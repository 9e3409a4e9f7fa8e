"""Incidents 网络安全事件: the list, one with its clocks, what is done about it, and the report to print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions import incidents as acts
from linli.trust.forms.security import IncidentForm, MoveForm, NoticeForm, SettleForm
from linli.trust.models import Incident, NoticeDuty, SecurityAlert
from linli.trust.plugins import AUDIT, WATCH
from linli.trust.queries import alerts as seen
from linli.trust.queries.incidents import lacking_for_close, terms_in_force
from linli.trust.states import incidents as states

PAGE = 25


@require_GET
@trust.staff(WATCH, AUDIT)
def incidents(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the incidents, the newest first."""
    rows = seen.incidents_seen_by(actor)
    page = kernel.keyset_page(rows, order=("-made_at", "-id"), cursor=request.GET.get("cursor"), size=PAGE)
    terms = terms_in_force(now=kernel.now())
    here = reverse("trust_security")
    context = {
        **accounts.desk_shell(actor, "security"),
        "page": page,
        "lines": [_line(one, terms) for one in page.items],
        "may_act": actor.can(WATCH),
        "tabs": [
            {"label": _("Open alerts"), "url": here, "current": False},
            {"label": _("Closed alerts"), "url": f"{here}?tab=closed", "current": False},
            {"label": _("Incidents"), "url": reverse("trust_incidents"), "current": True},
        ],
    }
    return render(request, "trust/incidents.html", context)


@trust.staff(WATCH)
def new_incident(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Make an incident, of an alert or by hand."""
    now = kernel.now()
    alert = _alert(actor, request.GET.get("alert", ""))
    initial = {"known_at": now, "what": _said_of(alert) if alert else ""}
    form = IncidentForm(request.POST or None, initial=initial, terms=terms_in_force(now=now))
    if request.method == "POST" and form.is_valid():
        try:
            said, alert_id = form.cleaned_data, alert.pk if alert else None
            incident = acts.open_incident(said=said, by=actor, now=now, alert_id=alert_id)
        except acts.IncidentRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The incident is open; its clocks run."))
            return redirect("trust_incident", incident_id=incident.pk)
    context = {**accounts.desk_shell(actor, "security"), "form": form, "alert": alert}
    return render(request, "trust/new_incident.html", context, status=422 if form.errors else 200)


@require_GET
@trust.staff(WATCH, AUDIT)
def incident(request: HttpRequest, actor: accounts.Actor, incident_id: UUID) -> HttpResponse:
    """Show one incident with its clocks. Opening it is entered into the ledger."""
    return _page(request, actor, _found(actor, incident_id))


@require_POST
@trust.staff(WATCH)
def incident_act(request: HttpRequest, actor: accounts.Actor, incident_id: UUID) -> HttpResponse:
    """Amend the incident, settle the notice to people, contain, open again or close it."""
    row, act, now = _found(actor, incident_id), request.POST.get("act", ""), kernel.now()
    form: Any = _form(act, request, row)
    if not form.is_valid():
        return _page(request, actor, row, **{_NAMES.get(act, "move"): form})
    try:
        if act == "amend":
            acts.amend_incident(incident_id=row.pk, said=form.cleaned_data, by=actor, now=now)
        elif act == "notice":
            acts.settle_notice(incident_id=row.pk, by=actor, now=now, **form.cleaned_data)
        else:
            acts.move_incident(incident_id=row.pk, step=act, by=actor, now=now, **form.cleaned_data)
    except acts.IncidentRefusedError as refused:
        form.add_error(None, str(refused))
        return _page(request, actor, row, **{_NAMES.get(act, "move"): form})
    messages.success(request, _("It stands on record."))
    return redirect("trust_incident", incident_id=row.pk)


@require_POST
@trust.staff(WATCH)
def duty_done(request: HttpRequest, actor: accounts.Actor, incident_id: UUID, duty_id: int) -> HttpResponse:
    """Note that somebody was told, or need not be."""
    row = _found(actor, incident_id)
    if not row.duties.filter(pk=duty_id).exists():
        raise Http404
    form = SettleForm(request.POST)
    try:
        if form.is_valid():
            acts.settle_duty(duty_id=duty_id, by=actor, now=kernel.now(), **form.cleaned_data)
            messages.success(request, _("It stands on record."))
            return redirect("trust_incident", incident_id=row.pk)
    except acts.IncidentRefusedError as refused:
        form.add_error(None, str(refused))
    return _page(request, actor, row, settle=form, settled=duty_id)


@require_GET
@trust.staff(WATCH, AUDIT)
def incident_report(request: HttpRequest, actor: accounts.Actor, incident_id: UUID) -> HttpResponse:
    """Show the report to print, with what PIPL art. 57 asks for."""
    row, now = _found(actor, incident_id), kernel.now()
    _note(actor, "export", row.pk)
    context = {
        **accounts.desk_shell(actor, "security"),
        "incident": row,
        "line": _line(row, terms_in_force(now=now)),
        "duties": row.duties.order_by("due_at", "id"),
        "now": now,
        "by": actor.name,
    }
    return render(request, "trust/incident_report.html", context)


_NAMES = {"amend": "amend", "notice": "notice"}


def _form(act: str, request: HttpRequest, row: Incident) -> Any:
    if act == "amend":
        return IncidentForm(request.POST, terms=terms_in_force(now=kernel.now()), row=row)
    return NoticeForm(request.POST) if act == "notice" else MoveForm(request.POST)


def _page(request: HttpRequest, actor: accounts.Actor, row: Incident, **forms: Any) -> HttpResponse:
    now, may_act = kernel.now(), actor.can(WATCH)
    terms = terms_in_force(now=now)
    _note(actor, "read", row.pk)
    duties = list(row.duties.order_by("due_at", "id"))
    given = [form for form in forms.values() if not isinstance(form, int)]
    context: dict[str, Any] = {
        **accounts.desk_shell(actor, "security"),
        "incident": row,
        "line": _line(row, terms),
        "duties": [_duty(one, now, forms) for one in duties],
        "settle": SettleForm(),
        "amend": forms.get("amend") or IncidentForm(terms=terms, row=row),
        "notice": forms.get("notice") or NoticeForm(initial={"words": _draft(row)}),
        "move": forms.get("move") or MoveForm(),
        "possible": states.possible(row.state) if may_act else [],
        "may_settle": may_act and row.state != states.CLOSED,
        "lacking": lacking_for_close(row),
        "steps": _steps(row),
        "alerts": [{"row": one, "label": seen.kind_of(one).label} for one in row.alerts.order_by("first_at")],
    }
    return render(request, "trust/incident.html", context, status=422 if given else 200)


def _duty(one: NoticeDuty, now: Any, forms: dict[str, Any]) -> dict[str, Any]:
    """Return a duty with what is left of its clock in seconds, and the form where it was filled in wrongly."""
    left = (one.due_at - now).total_seconds()
    late = one.done_at is not None and one.done_at > one.due_at
    return {
        "row": one,
        "left": left,
        "late": late,
        "form": forms.get("settle") if forms.get("settled") == one.pk else None,
    }


def _line(row: Incident, terms: Any) -> dict[str, Any]:
    return {
        "row": row,
        "category": terms.categories.get(row.category, row.category),
        "grade": terms.grades.get(row.grade, row.grade),
        "operator": terms.operators.get(row.operator, row.operator),
        "state": states.LABELS[row.state],
        "tone": states.TONES[row.state],
    }


def _steps(row: Incident) -> list[dict[str, Any]]:
    labels = {
        "open": _("Opened"), "amend": _("More is known"), "settle": _("Told, or need not be"),
        "sent": _("The people concerned were told"), "not_needed": _("The people concerned need not be told"),
        "contain": _("Contained"), "reopen": _("Taken up again"), "close": _("Closed with a review"),
    }  # fmt: skip
    steps = list(row.steps.order_by("at", "id"))
    names = accounts.staff_names([one.by for one in steps if one.by])
    return [
        {"at": one.at, "text": labels[one.step], "by": names.get(one.by, "") if one.by else "", "said": one.words}
        for one in steps
    ]


def _draft(row: Incident) -> str:
    """Return a draft of the notice to people: what, why, what harm, what was done, what they can do."""
    parts = (
        (_("What happened"), row.what), (_("Which data"), row.data_kinds), (_("Why it happened"), row.causes),
        (_("What may come of it"), row.harm), (_("What we did"), row.measures), (_("What you can do"), row.advice),
    )  # fmt: skip
    colon = pgettext("before a sentence", ": ")
    return "\n".join(f"{label}{colon}{text}" for label, text in parts if text)


def _said_of(alert: SecurityAlert) -> str:
    kind = seen.kind_of(alert)
    subject = seen.subjects_in_words([alert.subject])[alert.subject]
    colon, sentence = (
        pgettext("before a sentence", ": "),
        str(kind.sentence) % alert.seen if alert.seen else kind.sentence,
    )
    return f"{kind.label}{colon}{subject}{colon}{sentence}"


def _alert(actor: accounts.Actor, given: str) -> SecurityAlert | None:
    if not given:
        return None
    try:
        wanted = UUID(given)
    except ValueError:
        raise Http404 from None
    row = seen.alerts_seen_by(actor).filter(pk=wanted, incident=None).first()
    if row is None:
        raise Http404
    return row


def _found(actor: accounts.Actor, incident_id: UUID) -> Incident:
    row = seen.incidents_seen_by(actor).filter(pk=incident_id).first()
    if row is None:
        raise Http404
    return row


def _note(actor: accounts.Actor, action: str, key: object) -> None:
    trust.record(
        by=actor, action=action, purpose="trust.watch", subjects=(), object_kind="trust.incident", object_id=key,
        elements=(), now=kernel.now(),
    )  # fmt: skip
