"""The security watch 安全监测: alerts and how the node stands on one page, one alert with its playbook, the limits."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust import slots
from linli.trust.actions.alerts import AlertRefusedError, close_alert, save_watch_limits, take_alert
from linli.trust.forms.security import CloseAlertForm, LimitsForm
from linli.trust.models import SecurityAlert, WatchMark, WatchSettings
from linli.trust.plugins import AUDIT, WATCH
from linli.trust.queries import alerts as seen
from linli.trust.rules.alerts import LEVELS, TONES
from linli.trust.rules.playbooks import playbook
from linli.trust.rules.watch_limits import LimitsRefusedError
from linli.trust.states import alerts as states

PAGE, VERSIONS = 25, 10


@require_GET
@trust.staff(WATCH, AUDIT)
def security(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the open alerts, the gravest first, or those that were closed; say how the node stands."""
    closed, here, now = request.GET.get("tab") == "closed", reverse("trust_security"), kernel.now()
    rows = seen.alerts_seen_by(actor).filter(closed_at__isnull=not closed)
    order = ("-closed_at", "-id") if closed else ("-level", "-last_at", "-id")
    page = kernel.keyset_page(rows, order=order, cursor=request.GET.get("cursor"), size=PAGE)
    limits = seen.limits_in_force(now=now)
    _note(actor, "search", "")
    context = {
        **accounts.desk_shell(actor, "security"),
        "page": page,
        "lines": _lines(page.items),
        "tabs": [
            {"label": _("Open alerts"), "url": here, "current": not closed},
            {"label": _("Closed alerts"), "url": f"{here}?tab=closed", "current": closed},
            {"label": _("Incidents"), "url": reverse("trust_incidents"), "current": False},
        ],
        "standings": [line for one in slots.watchers.all() if one.stand for line in one.stand(now=now, limits=limits)],
        "watchers": _watchers(),
        "told": _is_somebody_told(),
        "may_act": actor.can(WATCH),
    }
    return render(request, "trust/security.html", context)


@require_GET
@trust.staff(WATCH, AUDIT)
def alert(request: HttpRequest, actor: accounts.Actor, alert_id: UUID) -> HttpResponse:
    """Show one alert with its playbook and its steps. Opening it is entered into the ledger."""
    return _page(request, actor, _found(actor, alert_id), CloseAlertForm())


@require_POST
@trust.staff(WATCH)
def alert_step(request: HttpRequest, actor: accounts.Actor, alert_id: UUID) -> HttpResponse:
    """Take the alert, or close it."""
    row, now = _found(actor, alert_id), kernel.now()
    form = CloseAlertForm(request.POST if request.POST.get("step") == "close" else None)
    try:
        if request.POST.get("step") == "take":
            take_alert(alert_id=row.pk, by=actor, now=now)
            messages.success(request, _("The alert is yours. The playbook says what to do first."))
            return redirect("trust_alert", alert_id=row.pk)
        if form.is_valid():
            close_alert(alert_id=row.pk, by=actor, now=now, **form.cleaned_data)
            messages.success(request, _("The alert is closed, with your words."))
            return redirect("trust_security")
    except AlertRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("trust_alert", alert_id=row.pk)
    return _page(request, actor, row, form)


@require_GET
@trust.staff(WATCH, AUDIT)
def playbooks(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List every kind of alert, and show the playbook of one."""
    chosen = next((one for one in slots.alert_kinds.all() if one.code == request.GET.get("kind")), None)
    context = {
        **accounts.desk_shell(actor, "security"),
        "kinds": slots.alert_kinds.all(),
        "shown": chosen.code if chosen else "",
        "book": chosen and playbook(chosen.playbooks, chosen.code, get_language() or ""),
    }
    return render(request, "trust/playbooks.html", context)


@trust.staff(WATCH)
def watch_limits(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show and change from when on something raises an alert."""
    now = kernel.now()
    form = LimitsForm(request.POST or None, initial=dict(seen.limits_in_force(now=now)))
    if request.method == "POST" and form.is_valid():
        try:
            save_watch_limits(content=form.cleaned_data, by=actor, now=now)
        except LimitsRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The limits are in force as a new version."))
            return redirect("trust_watch_limits")
    context = {
        **accounts.desk_shell(actor, "security"),
        "form": form,
        "versions": WatchSettings.objects.filter(part=seen.LIMITS).order_by("-number")[:VERSIONS],
    }
    return render(request, "trust/watch_limits.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, actor: accounts.Actor, row: SecurityAlert, form: CloseAlertForm) -> HttpResponse:
    _note(actor, "read", row.pk)
    (line,) = _lines([row])
    kind = seen.kind_of(row)
    context = {
        **accounts.desk_shell(actor, "security"),
        "alert": row,
        "line": line,
        "form": form,
        "steps": _steps(row),
        "possible": states.possible(row.state) if actor.can(WATCH) else [],
        "book": playbook(kind.playbooks, kind.code, get_language() or ""),
    }
    return render(request, "trust/alert.html", context, status=422 if form.errors else 200)


def _lines(rows: Sequence[SecurityAlert]) -> list[dict[str, Any]]:
    """Return each alert as the page shows it."""
    subjects = seen.subjects_in_words(row.subject for row in rows)
    names = accounts.staff_names([row.taken_by for row in rows if row.taken_by])
    return [
        {
            "row": row,
            "label": (kind := seen.kind_of(row)).label,
            "sentence": str(kind.sentence) % row.seen if row.seen else kind.sentence,
            "subject": subjects[row.subject],
            "level": LEVELS[row.level],
            "tone": TONES[row.level],
            "state": states.OUTCOMES.get(row.outcome, states.LABELS[row.state]),
            "state_tone": states.TONES[row.state],
            "taken_by": names.get(row.taken_by, "") if row.taken_by else "",
        }
        for row in rows
    ]


def _steps(row: SecurityAlert) -> list[dict[str, Any]]:
    labels = {
        "seen": _("The watch saw it"),
        "take": _("Taken"),
        "close": _("The alert was closed"),
        "incident": _("Made an incident"),
    }
    steps = list(row.steps.order_by("at", "id"))
    names = accounts.staff_names([one.by for one in steps if one.by])
    return [
        {"at": one.at, "text": labels[one.step], "by": names.get(one.by, "") if one.by else "", "said": one.words}
        for one in steps
    ]


def _watchers() -> list[dict[str, Any]]:
    looked = dict(WatchMark.objects.filter(pk__startswith="watcher:").values_list("pk", "at"))
    return [{"label": one.label, "at": looked.get(f"watcher:{one.code}")} for one in slots.watchers.all()]


def _is_somebody_told() -> bool:
    """Tell whether a unit of the security administrators has an address at which it is told."""
    today = kernel.now().date()
    units = {held.unit_id for one in accounts.actors_with(WATCH, on=today) for held in one.holdings_with(WATCH)}
    return bool(units & accounts.units_told(now=kernel.now()))


def _found(actor: accounts.Actor, alert_id: UUID) -> SecurityAlert:
    row = seen.alerts_seen_by(actor).filter(pk=alert_id).first()
    if row is None:
        raise Http404
    return row


def _note(actor: accounts.Actor, action: str, key: object) -> None:
    trust.record(
        by=actor, action=action, purpose="trust.watch", subjects=(), object_kind="trust.alert", object_id=key,
        elements=(), now=kernel.now(),
    )  # fmt: skip
