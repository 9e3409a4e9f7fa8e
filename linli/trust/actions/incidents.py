"""Incidents 网络安全事件: opened, amended while more is known, each duty settled with proof, people told, closed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust.actions.alerts import PURPOSE, note_step, tell_watchers
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import Incident, IncidentStep, NoticeDuty, SecurityAlert, WatchSettings
from linli.trust.queries.alerts import WATCH, limits_in_force
from linli.trust.queries.incidents import TERMS, circumstances_of, lacking_for_close, open_duties, terms_in_force
from linli.trust.rules.notice_terms import NoticeTerms, as_terms_content, terms_from
from linli.trust.rules.refusals import Hidden, TrustRefusedError
from linli.trust.states import incidents as states

PREFIX = "SEC"
SAID = (
    "title", "category", "grade", "operator", "about_people", "public_harm", "what", "data_kinds", "people", "causes",
    "harm", "measures", "advice", "happened_at", "known_at",
)  # fmt: skip


class IncidentRefusedError(TrustRefusedError):
    """A step about an incident that can't be taken."""


class IncidentMovedOnError(IncidentRefusedError):
    """The incident is not in a state from which this step may be taken."""

    sentence = gettext_lazy("Somebody was faster, or this is not the next step. Look at the steps, then try again.")


class NothingSaidError(IncidentRefusedError):
    """Proof or words are missing."""

    sentence = gettext_lazy("Say how it was done, or why it is not needed: it stands on record.")


class NotSettledError(IncidentRefusedError):
    """Somebody still has to be told."""

    sentence = gettext_lazy("Settle each duty and the notice to the people concerned first, with proof or a reason.")


class FutureError(IncidentRefusedError):
    """Something would have been known before it happened, or later than now."""

    sentence = gettext_lazy("It can't be known before it happened, and neither lies in the future.")


@transaction.atomic
def open_incident(
    *, said: Mapping[str, Any], by: accounts.Actor, now: datetime, alert_id: UUID | None = None
) -> Incident:
    """Open an incident, of an alert or by hand; who must be told follows from the terms in force.

    `said` holds the fields named in SAID. Raises NotAllowed, Hidden, FutureError.
    """
    require(by, WATCH)
    _check_times(said, now)
    alert = None
    if alert_id is not None:
        alert = SecurityAlert.objects.select_for_update().filter(pk=alert_id, incident=None).first()
        if alert is None:
            raise Hidden(WATCH)
        require(by, WATCH, alert)
    number = kernel.next_number(prefix=PREFIX, day=timezone.localdate(now))
    values = {name: said[name] for name in SAID if name in said}
    incident = Incident.objects.create(number=number, made_at=now, made_by=by.person_id, **values)
    _step(incident, "open", by, now)
    _set_duties(incident, now)
    if alert is not None:
        alert.incident = incident
        alert.save(update_fields=["incident"])
        note_step(alert, "incident", by=by, now=now, words=number)
    return incident


@transaction.atomic
def amend_incident(*, incident_id: UUID, said: Mapping[str, Any], by: accounts.Actor, now: datetime) -> Incident:
    """Write down what is known by now; duties that begin to hold are added, those that no longer do are taken off.

    Raises Hidden, NotAllowed, IncidentMovedOnError, FutureError.
    """
    incident = _locked(incident_id, "amend", by)
    _check_times(said, now)
    changed = {name: said[name] for name in SAID if name in said and said[name] != getattr(incident, name)}
    if not changed:
        return incident
    before = {name: str(getattr(incident, name)) for name in changed}
    for name, value in changed.items():
        setattr(incident, name, value)
    incident.save(update_fields=list(changed))
    _step(incident, "amend", by, now, content={"before": before})
    _set_duties(incident, now)
    return incident


@transaction.atomic
def settle_duty(
    *, duty_id: int, was_needed: bool, proof: str, words: str, by: accounts.Actor, now: datetime
) -> NoticeDuty:
    """Note that somebody was told, with proof (number, receipt), or why it was not needed, with words.

    Raises Hidden, NotAllowed, NothingSaidError, IncidentMovedOnError.
    """
    duty = NoticeDuty.objects.select_for_update().filter(pk=duty_id).first()
    if duty is None:
        raise Hidden(WATCH)
    incident = _locked(duty.incident_id, "", by)
    if duty.done_at is not None or incident.state == states.CLOSED:
        raise IncidentMovedOnError
    if not (proof if was_needed else words).strip():
        raise NothingSaidError
    duty.done_at, duty.done_by, duty.was_needed = now, by.person_id, was_needed
    duty.proof, duty.words = proof.strip(), words.strip()
    duty.save()
    _step(incident, "settle", by, now, words=f"{duty.to} · {duty.proof or duty.words}", content={"duty": duty.code})
    return duty


@transaction.atomic
def settle_notice(*, incident_id: UUID, notice: str, words: str, by: accounts.Actor, now: datetime) -> Incident:
    """Note the text by which the people concerned were told, or why they need not be (PIPL art. 57).

    Raises Hidden, NotAllowed, NothingSaidError, IncidentMovedOnError.
    """
    incident = _locked(incident_id, "", by)
    if incident.state == states.CLOSED or notice not in {Incident.Notice.SENT, Incident.Notice.NOT_NEEDED}:
        raise IncidentMovedOnError
    if not words.strip():
        raise NothingSaidError
    incident.notice, incident.notice_words, incident.notice_at = notice, words.strip(), now
    incident.save(update_fields=["notice", "notice_words", "notice_at"])
    _step(incident, notice, by, now, words=words)
    return incident


@transaction.atomic
def move_incident(*, incident_id: UUID, step: str, words: str, by: accounts.Actor, now: datetime) -> Incident:
    """Contain, open again, or close with a review. Raises Hidden, NotAllowed, IncidentRefusedError."""
    incident = _locked(incident_id, step, by)
    if not words.strip():
        raise NothingSaidError
    if step == "close":
        if lacking_for_close(incident):
            raise NotSettledError
        incident.review, incident.closed_at = words.strip(), now
    if step == "contain":
        incident.contained_at = now
    incident.state = states.STEPS[step].after
    incident.save()
    _step(incident, step, by, now, words=words)
    _set_duties(incident, now)
    return incident


def remind_of_duties(*, now: datetime) -> int:
    """Tell the security administrators of duties that are soon due, and of those that were missed; each once."""
    share = limits_in_force(now=now)["warn_percent"] / 100
    told = 0
    for duty in open_duties():
        soon = duty.begins_at + (duty.due_at - duty.begins_at) * share
        if now >= duty.due_at and duty.missed_at is None:
            told += _remind(duty, "missed_at", now)
        elif soon <= now < duty.due_at and duty.warned_at is None:
            told += _remind(duty, "warned_at", now)
    return told


@transaction.atomic
def save_notice_terms(*, content: Any, begins_on: date, by: accounts.Actor, now: datetime) -> NoticeTerms:
    """Write terms that count from a day, as the next version. Raises NotAllowed, TermsRefusedError."""
    require(by, WATCH)
    terms = terms_from(content)
    if terms == terms_in_force(now=now):
        return terms
    row = WatchSettings.objects.create(
        part=TERMS, content=as_terms_content(terms), begins_on=begins_on, made_at=now, made_by=by.person_id
    )
    _note(by, "trust.notice_terms", row.pk, "change", now)
    return terms


def _remind(duty: NoticeDuty, name: str, now: datetime) -> int:
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        setattr(duty, name, now)
        duty.save(update_fields=[name])
        said = {"number": duty.incident.number, "to": duty.to, "when": f"{timezone.localtime(duty.due_at):%m-%d %H:%M}"}
        if name == "missed_at":
            text = _("Incident %(number)s: the term to tell %(to)s passed at %(when)s. See /console/security.") % said
        else:
            text = _("Incident %(number)s: tell %(to)s by %(when)s. See /console/security.") % said
        tell_watchers(text=text, key=f"duty:{duty.pk}:{name}", now=now)
    return 1


def _set_duties(incident: Incident, now: datetime) -> None:
    """Let the duties be those of the terms: what was settled stays, what no longer holds goes, the rest is new."""
    due = {
        term.code: (term, begin, end) for term, begin, end in terms_in_force(now=now).due(circumstances_of(incident))
    }
    incident.duties.filter(done_at=None).exclude(code__in=due).delete()
    for code, (term, begin, end) in due.items():
        values = {"to": term.to, "what": term.what, "basis": term.basis, "is_sample": term.is_sample}
        clock = {"begins_at": begin, "due_at": end}
        row, is_new = NoticeDuty.objects.get_or_create(incident=incident, code=code, defaults={**values, **clock})
        if not is_new and row.done_at is None and row.due_at != end:
            row.begins_at, row.due_at, row.warned_at, row.missed_at = begin, end, None, None
            row.save()


def _check_times(said: Mapping[str, Any], now: datetime) -> None:
    known, happened = said.get("known_at", now), said.get("happened_at")
    if known > now + timedelta(minutes=1) or (happened is not None and happened > known):
        raise FutureError


def _locked(incident_id: UUID, step: str, by: accounts.Actor) -> Incident:
    incident = Incident.objects.select_for_update().filter(pk=incident_id).first()
    if incident is None:
        raise Hidden(WATCH)
    require(by, WATCH, incident)
    if step and step not in states.possible(incident.state):
        raise IncidentMovedOnError
    return incident


def _step(
    incident: Incident, step: str, by: accounts.Actor, now: datetime, *, words: str = "",
    content: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    IncidentStep.objects.create(
        incident=incident, step=step, at=now, by=by.person_id, words=words.strip(), content=dict(content or {})
    )
    _note(by, "trust.incident", incident.pk, step, now)


def _note(by: accounts.Actor, kind: str, key: object, element: str, now: datetime) -> None:
    record(
        by=by, action="change", purpose=PURPOSE, subjects=(), object_kind=kind, object_id=key, elements=[element],
        now=now,
    )  # fmt: skip
