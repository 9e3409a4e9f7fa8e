"""Call-backs 回访: draw a sample of closed events, call, and keep what was said beside the reporter's own rating."""

import secrets
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.actions.close import OwnWorkError
from linli.events.actions.handle import WordsMissingError
from linli.events.actions.step import append, locked, note
from linli.events.models import Callback, CallbackRound, Event
from linli.events.queries.callbacks import CALL, drawable
from linli.events.rules.refusals import RefusedError
from linli.events.rules.sampling import digest_of, draw
from linli.kernel import facts as journal
from linli.trust import api as trust


class NothingToDrawError(RefusedError):
    """No event of the period can be drawn."""

    sentence = _("No closed event of this period has a reporter with a telephone who was not drawn before.")


class CalledAlreadyError(RefusedError):
    """Somebody was faster: the reporter was reached."""

    sentence = _("A colleague has reached this reporter already.")


class AnswersMissingError(RefusedError):
    """A reporter who was reached has said something."""

    sentence = _("Say whether it is solved and how satisfied the reporter is, or that nobody was reached.")


def draw_callbacks(
    *,
    first_day: date,
    last_day: date,
    percent: int,
    by: accounts.Actor,
    now: datetime,
    unit_id: int | None = None,
    seed: str = "",
) -> CallbackRound:
    """Draw `percent` of each unit's closed events of a period, at least one, and put them on the call-back list.

    Without `seed` one is made; with the seed of a round the same events give the same list. Raises NothingToDrawError.
    """
    trust.require(by, CALL)
    seed = seed or secrets.token_hex(8)
    with transaction.atomic():
        rows = drawable(actor=by, first_day=first_day, last_day=last_day, unit_id=unit_id)
        found = {number: (event_id, unit) for event_id, number, unit in rows.values_list("id", "number", "lead_unit")}
        if not found:
            raise NothingToDrawError
        holding = by.holdings_with(CALL)
        made = CallbackRound.objects.create(
            unit_id=unit_id, first_day=first_day, last_day=last_day, percent=percent, seed=seed, made_at=now,
            population=len(found), digest=digest_of(list(found)), by_id=by.person_id,
            by_unit_id=holding[0].unit_id if holding else None,
        )  # fmt: skip
        by_unit: dict[int, list[str]] = {}
        for number, (_event, unit) in found.items():
            by_unit.setdefault(unit, []).append(number)
        drawn = [one for unit in sorted(by_unit) for one in draw(by_unit[unit], seed=seed, percent=percent)]
        Callback.objects.bulk_create(
            [Callback(round=made, event_id=found[one][0], unit_id=found[one][1]) for one in drawn]
        )
    return made


def note_callback(
    *,
    callback_id: UUID,
    by: accounts.Actor,
    now: datetime,
    outcome: str,
    words: str,
    solved: bool | None = None,
    satisfied: int | None = None,
) -> Callback:
    """Keep what became of one call; who was not reached stays on the list. Handlers of the event may not call.

    `satisfied` is 1 to 5. Raises NotAllowed, OwnWorkError, AnswersMissingError, CalledAlreadyError.
    """
    if not words.strip():
        raise WordsMissingError
    reached = outcome == Callback.Outcome.REACHED
    if reached and (solved is None or satisfied is None):
        raise AnswersMissingError
    with transaction.atomic():
        call = Callback.objects.select_for_update(of=("self",)).get(pk=callback_id)
        event = _independent(locked(call.event_id), by)
        if call.outcome in {Callback.Outcome.REACHED, Callback.Outcome.REFUSED}:
            raise CalledAlreadyError
        call.outcome = Callback.Outcome(outcome).value or Callback.Outcome.NOT_REACHED.value
        call.solved, call.satisfied = (solved, satisfied) if reached else (None, None)
        call.words, call.called_at, call.by_id = trust.redact(words.strip()), now, by.person_id
        call.tries += 1
        call.save()
        data = {"outcome": call.outcome, "solved": call.solved, "satisfied": call.satisfied}
        append(event, step="call_back", by=by, now=now, words=call.words, data=data)
        note(event, by=by, now=now, elements=["call_back"])
        told = facts.ReporterCalledBack(
            event_id=event.id, outcome=call.outcome, solved=call.solved, satisfied=call.satisfied
        )
        journal.publish(told, now=now)
    return call


def _independent(event: Event, by: accounts.Actor) -> Event:
    """Return the event where this person may call its reporter: they see it, and did not handle it."""
    trust.require(by, CALL, event)
    if by.persons & {event.handler_id, *event.handlers}:
        raise OwnWorkError
    return event
