"""What events does when it hears a fact: keep the search index, and tell those outside who want to know."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from linli.accounts import facts as accounts
from linli.events import facts, states, tasks
from linli.events.actions.alarm import check_standing_rules
from linli.events.actions.deliver import keep_deliveries
from linli.events.actions.index import index_events
from linli.events.actions.occasions import settle_tags
from linli.events.actions.recur import cure_sources
from linli.events.actions.stages import keep_stages_of
from linli.events.actions.tell import tell_ended, tell_missed, tell_risen, tell_units
from linli.events.actions.tell_joint import tell_called, tell_riders, tell_tasks
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import facts as regions

FRESH = timedelta(days=2)  # what ended longer ago is not told any more


@journal.receives(facts.EventReported)
def index_reported(told: Sequence[journal.Delivered[facts.EventReported]]) -> None:
    """Make new events findable."""
    index_events(event_ids=_ids(one.fact.event_id for one in told))


@journal.receives(facts.EventDispatched, facts.ObjectionDecided, facts.EventEscalated)
def index_dispatched(told: Sequence[journal.Delivered[Any]]) -> None:
    """Make events findable for the unit that has them now."""
    index_events(event_ids=_ids(one.fact.event_id for one in told))


@journal.receives(facts.EventReported, facts.EventDispatched)
def cure(told: Sequence[journal.Delivered[Any]]) -> None:
    """Look whether one matter recurs at one place; once more when the matter is known."""
    cure_sources(event_ids=_ids(one.fact.event_id for one in told), now=kernel.now())


@journal.receives(facts.EventReported, facts.EventDispatched, name="events.stages", start="now")
def keep_stages(told: Sequence[journal.Delivered[Any]]) -> None:
    """Let the stages of the handling limit run where the matter has any."""
    keep_stages_of(event_ids=_ids(one.fact.event_id for one in told), now=kernel.now())


@journal.receives(accounts.UnitClosed, accounts.UnitCreated, regions.DivisionClosed, facts.StandardsDecided)
def check_rules(_told: Sequence[journal.Delivered[Any]]) -> None:
    """Look which rules lead nowhere since a unit or an area is gone or new, or another version is decided."""
    check_standing_rules(now=kernel.now())


@journal.receives(
    facts.EventReported,
    facts.EventDispatched,
    facts.EventMoved,
    facts.EventClosed,
    facts.EventReopened,
    facts.EventRated,
    facts.EventEscalated,
    facts.StageMissed,
    facts.ClockChanged,
    facts.EventObjected,
    facts.ObjectionDecided,
    facts.TaskGiven,
    facts.TaskAnswered,
    facts.TaskEnded,
    facts.WhistleBlown,
    facts.WhistleResponded,
    facts.EventSupervised,
    facts.SupervisionAnswered,
    facts.EventsLinked,
    facts.EventsUnlinked,
    facts.SourceRaised,
    facts.HotIssueFound,
    name="events.webhooks",
    start="now",
)
def tell_webhooks(told: Sequence[journal.Delivered[journal.Fact]]) -> None:
    """Keep a delivery for each webhook that may be told, in the order of the facts, and have them sent."""
    tasks.wake(keep_deliveries(told=told, now=kernel.now()))


@journal.receives(facts.EventMoved, name="events.tell_reporters", start="now")
def tell_reporters(told: Sequence[journal.Delivered[facts.EventMoved]]) -> None:
    """Send the reporters of what has just ended the answer."""
    fresh = kernel.now() - FRESH
    own = [one for one in told if one.fact.step != "answer_along"]  # who rides along hears of it by ReplyGiven
    ended = _ids(one.fact.event_id for one in own if one.fact.state in states.FINAL and one.told_at > fresh)
    tell_ended(event_ids=ended, now=kernel.now())


@journal.receives(facts.EventReported, facts.EventDispatched, name="events.tell_units", start="now")
def tell_of_new_work(told: Sequence[journal.Delivered[Any]]) -> None:
    """Tell the units that want to know what they have been given."""
    tell_units(given=[(one.fact.event_id, one.fact.unit_id, one.fact_id) for one in told], now=kernel.now())


@journal.receives(facts.EventEscalated, name="events.tell_risen", start="now")
def tell_of_risen(told: Sequence[journal.Delivered[facts.EventEscalated]]) -> None:
    """Tell the units that want to know, and who is on duty for them, what rose to them."""
    tell_risen(given=[(one.fact.event_id, one.fact.unit_id, one.fact_id) for one in told], now=kernel.now())


@journal.receives(facts.StageMissed, name="events.tell_missed", start="now")
def tell_of_missed(told: Sequence[journal.Delivered[facts.StageMissed]]) -> None:
    """Tell the units that want to know, and who is on duty for them, which stages are late."""
    tell_missed(given=[(one.fact.stage_id, one.fact.unit_id, one.fact_id) for one in told], now=kernel.now())


@journal.receives(facts.EventMoved, facts.EventClosed, facts.EventReopened, name="events.settle_tags", start="now")
def end_tags(told: Sequence[journal.Delivered[Any]]) -> None:
    """Let the tags that were made for events end with them, and come back with them."""
    settle_tags(event_ids=_ids(one.fact.event_id for one in told), now=kernel.now())


@journal.receives(facts.ReplyGiven, name="events.tell_riders", start="now")
def tell_those_along(told: Sequence[journal.Delivered[facts.ReplyGiven]]) -> None:
    """Send followers and merged reporters the one reply."""
    tell_riders(holder_ids=_ids(one.fact.holder_id for one in told), now=kernel.now())


@journal.receives(facts.TaskGiven, name="events.tell_tasks", start="now")
def tell_of_tasks(told: Sequence[journal.Delivered[facts.TaskGiven]]) -> None:
    """Tell the units that want to know what they are asked to do."""
    tell_tasks(task_ids=_ids(one.fact.task_id for one in told), now=kernel.now())


@journal.receives(facts.WhistleBlown, name="events.tell_called", start="now")
def tell_of_calls(told: Sequence[journal.Delivered[facts.WhistleBlown]]) -> None:
    """Tell the units that want to know that they are called."""
    tell_called(whistle_ids=_ids(one.fact.whistle_id for one in told), now=kernel.now())


@journal.receives(facts.DeliveriesWanted, start="now")
def send_deliveries(told: Sequence[journal.Delivered[facts.DeliveriesWanted]]) -> None:
    """Have sent what somebody wants to be sent now."""
    for one in told:
        tasks.wake([one.fact.webhook_id], one.fact.delivery_id)


def _ids(ids: Iterable[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))
