"""A fictional past of supervision for the demo county: notes and answers, call-backs, volunteers asked."""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.events import states
from linli.events.actions.appoint import appoint_volunteer
from linli.events.actions.callback import CalledAlreadyError, NothingToDrawError, draw_callbacks, note_callback
from linli.events.actions.supervise import answer_supervision, supervise_events
from linli.events.actions.volunteer import ask_volunteers
from linli.events.models import Callback, Event, SupervisionNote
from linli.events.queries.callbacks import CALL
from linli.events.queries.inbox import with_us
from linli.events.rules.dispatch import CENTRE
from linli.events.rules.refusals import RefusedError
from linli.events.sample import matters
from linli.regions import api as regions

NOTES, ASKED, PERCENT, WEEKS = 18, 6, 6, 4
WORDS = matters.FOLDER / "supervision.json"


@dataclass(frozen=True)
class _Stage:
    """Dice, the sentences people say, who supervises and calls, and the present."""

    dice: random.Random
    words: dict[str, list[str]]
    supervisors: Sequence[accounts.Actor]
    callers: Sequence[accounts.Actor]
    now: datetime


@transaction.atomic
def plant_demo_supervision(*, seed: int, now: datetime) -> dict[str, int]:
    """Let the centre supervise what is late, call reporters back and ask volunteers; return how many of each."""
    stage = _Stage(
        random.Random(seed),  # noqa: S311  repeatable, not secret
        json.loads(WORDS.read_text("utf-8")),
        accounts.actors_with("events.supervise", on=now.date()),
        [one for one in accounts.actors_with(CALL, on=now.date()) if _at_centre(one, CALL)],
        now,
    )
    if not stage.supervisors or not stage.callers:
        return {"notes": 0, "call_backs": 0, "volunteers_asked": 0}
    _appoint(stage)
    notes = sum(1 for _note in _notes(stage))
    return {"notes": notes, "call_backs": _call_back(stage), "volunteers_asked": _ask(stage)}


def _appoint(stage: _Stage) -> None:
    """Let a neighbour be a volunteer checker of the first street."""
    street = min(accounts.units(kind="street"), key=lambda unit: unit.code, default=None)
    if street is not None:
        with suppress(RefusedError):  # a volunteer already, or nobody with this telephone
            first = timezone.localdate(stage.now).replace(month=1, day=1)
            appoint_volunteer(
                phone=accounts.DEMO_NEIGHBOUR, unit_id=street.id, by=accounts.SYSTEM, now=stage.now, valid_from=first
            )


def _notes(stage: _Stage) -> Iterator[SupervisionNote]:
    """Write notes on the events that are overdue longest, and let most units answer."""
    overdue = Event.objects.filter(with_us(), handle_due__lt=stage.now).order_by("handle_due", "id")[:NOTES]
    for place, event in enumerate(overdue):
        made = max(event.handle_due, stage.now - timedelta(days=stage.dice.uniform(1, 9)))
        by = stage.supervisors[place % len(stage.supervisors)]
        level = "leader" if by.can("events.supervise_leader") else stage.dice.choice(("ordinary", "ordinary", "key"))
        words = stage.dice.choice(stage.words["asked"])
        hours = stage.dice.choice((4, 8, 16))
        for note in supervise_events(event_ids=[event.pk], level=level, words=words, hours=hours, by=by, now=made):
            _answer(stage, note)
            yield note


def _answer(stage: _Stage, note: SupervisionNote) -> None:
    who = next(iter(accounts.actors_with("events.handle", on=stage.now.date(), unit_ids=[note.unit_id])), None)
    moment = regions.add_working(note.made_at, hours=round(stage.dice.uniform(1, 22), 2))
    if who and moment < stage.now and stage.dice.random() < 0.8:  # noqa: PLR2004  most answer
        words = stage.dice.choice(stage.words["answered"])
        answer_supervision(note_id=note.id, by=who, now=moment, words=words)


def _call_back(stage: _Stage) -> int:
    """Draw a sample each week; the newest is still being called."""
    called = 0
    for week in range(WEEKS, 0, -1):
        made = stage.now - timedelta(days=7 * (week - 1) + 1)
        first, last = (made - timedelta(days=7)).date(), (made - timedelta(days=1)).date()
        try:
            drawn = draw_callbacks(
                first_day=first, last_day=last, percent=PERCENT, seed=f"{week}", by=stage.callers[0], now=made
            )
        except NothingToDrawError:
            continue
        calls = list(drawn.calls.select_related("event").order_by("id"))
        for call in calls[: len(calls) // 2] if week == 1 else calls:
            called += _call(stage, call, made)
    return called


def _call(stage: _Stage, call: Callback, made: datetime) -> int:
    taken = {call.event.handler_id, *call.event.handlers}
    who = next((one for one in stage.callers if one.person_id not in taken), None)
    if who is None:
        return 0
    dice = stage.dice
    outcome = dice.choices(("reached", "not_reached", "refused"), (78, 17, 5))[0]
    solved = dice.random() < 0.86 if outcome == "reached" else None  # noqa: PLR2004  most are
    satisfied = None if solved is None else dice.choice((3, 4, 4, 5, 5) if solved else (1, 2, 2, 3))
    kind = outcome if solved is None else ("solved" if solved else "unsolved")
    said: dict[str, Any] = {"outcome": outcome, "solved": solved, "satisfied": satisfied}
    moment = made + timedelta(minutes=dice.uniform(30, 500))
    try:
        note_callback(callback_id=call.id, by=who, now=moment, words=dice.choice(stage.words[kind]), **said)
    except CalledAlreadyError:
        return 0
    return 1


def _ask(stage: _Stage) -> int:
    """Ask volunteers about public things that wait for a check."""
    checkers = accounts.actors_with("events.check", on=stage.now.date())
    waiting = Event.objects.filter(state=states.SUBMITTED, matter__volunteers_may_check=True).order_by("-id")[:ASKED]
    asked = 0
    for event in waiting:
        who = next((one for one in checkers if _may_check(one, event)), None)
        if who:
            ask_volunteers(event_id=event.pk, by=who, now=stage.now)
            asked += 1
    return asked


def _may_check(who: accounts.Actor, event: Event) -> bool:
    return _at_centre(who, "events.check") and who.person_id not in {event.handler_id, *event.handlers}


def _at_centre(who: accounts.Actor, capability: str) -> bool:
    return any(held.unit_kind == CENTRE for held in who.holdings_with(capability))
