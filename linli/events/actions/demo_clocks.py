"""The newest of the demo county's past: units that object, wait, ask for time, and what is hung up."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.events import states
from linli.events.actions.clock import ask_for_time, decide_time, pause_event
from linli.events.actions.object import decide_objection, object_to_event
from linli.events.models import Event
from linli.events.queries.objections import ARBITRATE, open_objection
from linli.events.rules.refusals import RefusedError

EACH = 4
Doing = Callable[[Event, accounts.Actor], object]


def live_clocks(*, words: Mapping[str, str], now: datetime) -> None:
    """Let some units object, pause, ask for time and hang up, each a few times; one objection is decided."""
    common: dict[str, Any] = {"now": now}
    _each(states.DISPATCHED, now, lambda event, who: object_to_event(
        event_id=event.id, by=who, reason="not_our_duty", words=words["object"], **common
    ))  # fmt: skip
    _decide_one(words["decide"], now)
    acts: list[Doing] = [
        lambda event, who: pause_event(event_id=event.id, by=who, words=words["pause"], days=2, **common),
        lambda event, who: ask_for_time(
            event_id=event.id, by=who, kind="extend", amount=16, words=words["extend"], **common
        ),
        lambda event, who: _hang_up(event, who, words, now),
    ]
    for act in acts:
        _each(states.IN_PROGRESS, now, act)


def _each(state: str, now: datetime, act: Doing) -> None:
    """Do it on the newest events of a state that nothing was done with, until it went well a few times."""
    done = 0
    for event, who in _newest(state, now):
        with contextlib.suppress(RefusedError), transaction.atomic():
            act(event, who)
            done += 1
        if done == EACH:
            return


def _newest(state: str, now: datetime) -> Iterator[tuple[Event, accounts.Actor]]:
    free = Event.objects.filter(state=state, held="", level=0, spans=None, objections=None, handle_due__gt=now)
    for event in free.select_related("matter").order_by("-reported_at", "-id")[: 40 * EACH]:
        handlers = accounts.actors_with("events.handle", on=now.date(), unit_ids=[event.lead_unit_id])
        if handlers:
            yield event, handlers[0]


def _hang_up(event: Event, who: accounts.Actor, words: Mapping[str, str], now: datetime) -> None:
    ask_for_time(event_id=event.id, by=who, now=now, kind="hang_up", amount=60, words=words["hang_up"])
    centre = accounts.actors_with("events.dispatch", on=now.date())[0]
    decide_time(event_id=event.id, by=centre, now=now, granted=True, words=words["granted"])


def _decide_one(words: str, now: datetime) -> None:
    arbiters = accounts.actors_with(ARBITRATE, on=now.date())
    event = Event.objects.filter(objections__outcome="").order_by("id").first()
    objection = open_objection(event) if event else None
    who = next((one for one in arbiters if objection and objection.office_id in one.unit_ids), None)
    if event and objection and who:
        decide_objection(event_id=event.id, by=who, now=now, unit_id=objection.unit_id, words=words)
