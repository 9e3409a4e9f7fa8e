"""Exclusions 剔除: one asks with a typed reason, another decides; raw figures stay as they are."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.insight import facts
from linli.insight.models import Exclusion
from linli.insight.queries.measures import measure_in_force
from linli.kernel import facts as journal
from linli.trust import api as trust

ASK, DECIDE = "insight.exclude", "insight.approve"


class ReasonRefusedError(events.RefusedError):
    """The measure does not know this reason, or no words say why."""

    sentence = _("Choose a reason that this measure allows, and say in a sentence why it holds.")


class AskedAlreadyError(events.RefusedError):
    """The event is asked for or left out already."""

    sentence = _("This event is left out of this measure already, or somebody has asked for it.")


class OwnRequestError(events.RefusedError):
    """Who asked can't decide."""

    sentence = _("You asked for this yourself, so somebody else must decide.")


class DecidedAlreadyError(events.RefusedError):
    """Somebody was faster."""

    sentence = _("Somebody has decided this already.")


def ask_exclusion(
    *, event_id: UUID, measure: str, reason: str, words: str, by: accounts.Actor, now: datetime
) -> Exclusion:
    """Ask that an event is left out of the adjusted figure of a measure, with one of its reasons."""
    trust.require(by, ASK)
    defined = measure_in_force(measure)
    if defined is None or reason not in defined.reasons or not words.strip():
        raise ReasonRefusedError
    with transaction.atomic():
        event = events.events_seen_by(by).filter(pk=event_id).first()
        if event is None:
            raise trust.Hidden(ASK)
        if Exclusion.objects.filter(measure=measure, event=event).exclude(approved=False).exists():
            raise AskedAlreadyError
        held = by.holdings_with(ASK)
        asked = Exclusion.objects.create(
            measure=measure, event=event, reason=reason, words=trust.redact(words.strip()), asked_at=now,
            asked_by_id=by.person_id, asked_unit_id=held[0].unit_id if held else None,
        )  # fmt: skip
        _note(asked, by, now)
    return asked


def decide_exclusion(*, exclusion_id: UUID, approved: bool, words: str, by: accounts.Actor, now: datetime) -> Exclusion:
    """Decide a request; whoever asked, or handled the event, can't."""
    with transaction.atomic():
        asked = Exclusion.objects.select_for_update(of=("self",)).select_related("event").get(pk=exclusion_id)
        trust.require(by, DECIDE, asked)
        if by.persons & {asked.asked_by_id, asked.event.handler_id}:
            raise OwnRequestError
        if asked.approved is not None:
            raise DecidedAlreadyError
        if not approved and not words.strip():
            raise events.WordsMissingError
        held = by.holdings_with(DECIDE)
        asked.approved, asked.decision, asked.decided_at = approved, words.strip(), now
        asked.decided_by_id, asked.decided_unit_id = by.person_id, held[0].unit_id if held else None
        asked.save()
        _note(asked, by, now)
        told = facts.ExclusionDecided(event_id=asked.event_id, measure=asked.measure, approved=approved)
        journal.publish(told, now=now)
    return asked


def _note(asked: Exclusion, by: accounts.Actor, now: datetime) -> None:
    trust.record(
        by=by, action="change", purpose="insight.measuring", subjects=[], object_kind="event",
        object_id=str(asked.event_id), elements=["exclusion"], now=now,
    )  # fmt: skip
