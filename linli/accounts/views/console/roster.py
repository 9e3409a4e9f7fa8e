"""The duty roster 值班表 of a unit: a week as a table, shifts to plan, change and cancel, and where people are told."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actions import roster as actions
from linli.accounts.forms import DutyAddressForm, ShiftForm, ShiftTimesForm
from linli.accounts.models import Shift, Unit
from linli.accounts.queries import roster as lists
from linli.accounts.queries.authority import MANAGE
from linli.accounts.queries.desks import desk_shell
from linli.accounts.queries.messages import channels_ready
from linli.accounts.queries.roster import ROSTER
from linli.accounts.rules.actor import Actor
from linli.accounts.views.console.guard import attempt, attempt_here, console_for
from linli.kernel import api as kernel

DAYS = 7
USUAL: dict[str, Any] = {
    "begins": time(18),
    "ends": time(8),
    "days": 1,
}  # the night: nobody sits in the office


@require_GET
@console_for(ROSTER, MANAGE)
def week(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show a unit's week."""
    return _show(request, actor, _unit(request, actor))


@require_POST
@console_for(ROSTER, MANAGE)
def plan(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Put somebody on duty, on one day or on several in a row: all of them or none."""
    unit, now = _unit(request, actor), kernel.now()
    form = ShiftForm(request.POST, people=lists.staff_of(unit, at=now))
    if form.is_valid() and attempt(form, None, lambda: _plan_all(unit, form.cleaned_data, actor, now)):
        messages.success(request, _("The roster is changed."))
        return redirect(_week_url(unit, form.cleaned_data["day"]))
    return _show(request, actor, unit, form=form, status=422)


@require_http_methods(["GET", "POST"])
@console_for(ROSTER, MANAGE)
def change(request: HttpRequest, actor: Actor, shift_id: UUID) -> HttpResponse:
    """Change from when to when a shift lasts, or take it off."""
    shift = _shift(actor, shift_id)
    local = {"starts_at": timezone.localtime(shift.starts_at), "ends_at": timezone.localtime(shift.ends_at)}
    form = ShiftTimesForm(request.POST if request.method == "POST" else None, initial=local)
    back = _week_url(shift.unit, local["starts_at"].date())
    if request.method == "POST" and form.is_valid():

        def deed() -> None:
            actions.change_shift(shift_id=shift.pk, **form.cleaned_data, by=actor, now=kernel.now())

        if attempt(form, None, deed):
            messages.success(request, _("The roster is changed."))
            return redirect(back)
    context = {"form": form, "shift": shift, "back": back, "is_over": shift.ends_at <= kernel.now()}
    status = 422 if form.errors else 200
    return render(request, "accounts/console/shift.html", {**desk_shell(actor, "roster"), **context}, status=status)


@require_POST
@console_for(ROSTER, MANAGE)
def cancel(request: HttpRequest, actor: Actor, shift_id: UUID) -> HttpResponse:
    """Take a shift off the roster, or end it now."""
    shift = _shift(actor, shift_id)
    attempt_here(
        request,
        lambda: actions.cancel_shift(shift_id=shift.pk, by=actor, now=kernel.now()),
        _("The shift is off the roster."),
    )
    return redirect(_week_url(shift.unit, timezone.localdate(shift.starts_at)))


@require_POST
@console_for(ROSTER, MANAGE)
def add_address(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Let a person be told of new work while on duty."""
    unit, now = _unit(request, actor), kernel.now()
    form = DutyAddressForm(request.POST, people=lists.staff_of(unit, at=now))

    def deed() -> None:
        actions.add_duty_address(unit=unit, **form.cleaned_data, by=actor, now=now)

    if form.is_valid() and attempt(form, "address", deed):
        messages.success(request, _("They are told there while on duty."))
        return redirect(_week_url(unit, timezone.localdate(now)))
    return _show(request, actor, unit, address_form=form, status=422)


@require_POST
@console_for(ROSTER, MANAGE)
def end_address(request: HttpRequest, actor: Actor, address_id: int) -> HttpResponse:
    """Tell a person no more at an address."""
    unit = _unit(request, actor)
    address = lists.duty_addresses(unit).filter(pk=address_id).first()
    if address is None:
        raise Http404
    actions.end_duty_address(address=address, by=actor, now=kernel.now())
    messages.success(request, _("They are not told there any more."))
    return redirect(_week_url(unit, timezone.localdate(kernel.now())))


def _show(request: HttpRequest, actor: Actor, unit: Unit, *, status: int = 200, **forms: Any) -> HttpResponse:
    now = kernel.now()
    monday = _monday(request.GET.get("week", ""), now)
    people = lists.staff_of(unit, at=now)
    labels = {channel.code: channel.label for channel in channels_ready()}
    context = {
        "unit": unit,
        "units": lists.rostered_units(actor),
        "days": _days(unit, monday, now),
        "before": _week_url(unit, monday - timedelta(days=DAYS)),
        "after": _week_url(unit, monday + timedelta(days=DAYS)),
        "on_duty": lists.on_duty([unit.pk], at=now).get(unit.pk, []),
        "form": ShiftForm(people=people, initial={"day": max(monday, _next_evening(now)), **USUAL}),
        "address_form": DutyAddressForm(people=people, auto_id="address_%s"),
        "addresses": [(row, labels.get(row.channel, row.channel)) for row in lists.duty_addresses(unit)],
        "has_staff": people.exists(),
        **forms,
    }
    return render(request, "accounts/console/roster.html", {**desk_shell(actor, "roster"), **context}, status=status)


def _next_evening(now: datetime) -> date:
    """Return the next day whose usual shift has not begun."""
    local = timezone.localtime(now)
    return local.date() + timedelta(days=int(local.time() >= USUAL["begins"]))


def _days(unit: Unit, monday: date, now: datetime) -> list[dict[str, Any]]:
    """Return the days of a week, each with the shifts that begin on it; the first also with what runs into it."""
    days = [monday + timedelta(days=n) for n in range(DAYS)]
    rows = lists.shifts_between(unit, _midnight(monday), _midnight(monday + timedelta(days=DAYS)))
    by_day: dict[date, list[dict[str, Any]]] = {day: [] for day in days}
    for row in rows:
        starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        by_day[max(starts.date(), monday)].append({
            "it": row, "starts": starts, "ends": ends, "over": row.ends_at <= now,
            "runs": row.starts_at <= now < row.ends_at, "days_later": (ends.date() - starts.date()).days,
            "began_before": starts.date() < monday,
        })  # fmt: skip
    return [{"day": day, "today": day == timezone.localdate(now), "shifts": by_day[day]} for day in days]


def _plan_all(unit: Unit, said: dict[str, Any], by: Actor, now: datetime) -> None:
    with transaction.atomic():
        for n in range(said["days"]):
            starts = _at(said["day"] + timedelta(days=n), said["begins"])
            ends = _at(starts.date(), said["ends"])
            ends = ends if ends > starts else _at(starts.date() + timedelta(days=1), said["ends"])
            actions.plan_shift(unit=unit, person=said["person"], starts_at=starts, ends_at=ends, by=by, now=now)


def _unit(request: HttpRequest, actor: Actor) -> Unit:
    """Return the unit that is asked for, else the person's own, else the first whose roster they keep."""
    units = lists.rostered_units(actor)
    code = request.GET.get("unit")
    if code:
        found = units.filter(code=code).first()
        if found is None:
            raise Http404
        return found
    own = units.filter(pk__in=actor.unit_ids).first() or units.first()
    if own is None:
        raise PermissionDenied
    return own


def _shift(actor: Actor, shift_id: UUID) -> Shift:
    rows = Shift.objects.filter(unit__in=lists.rostered_units(actor), cancelled_at=None)
    shift = rows.select_related("unit", "person", "made_by").filter(pk=shift_id).first()
    if shift is None:
        raise Http404
    return shift


def _week_url(unit: Unit, day: date) -> str:
    return f"{reverse('accounts_roster')}?unit={unit.code}&week={day:%Y-%m-%d}"


def _monday(said: str, now: datetime) -> date:
    try:
        day = parse_date(said) or timezone.localdate(now)
    except ValueError:
        day = timezone.localdate(now)
    return day - timedelta(days=day.weekday())


def _midnight(day: date) -> datetime:
    return _at(day, time.min)


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=timezone.get_current_timezone())
