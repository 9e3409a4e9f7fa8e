"""A fictional past for the demo county: events of the last 90 days in all states, lived through by the real actions."""

import json
import math
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.events import states
from linli.events.actions.close import check_result, close_event, reopen_event
from linli.events.actions.demo_clocks import live_clocks
from linli.events.actions.dispatch import dispatch_event, reject_event
from linli.events.actions.duty import add_duty_list, put_in_force
from linli.events.actions.handle import accept_event, add_note, note_contact, start_event, submit_result
from linli.events.actions.intake import Receipt, report_event
from linli.events.actions.opinion import rate_event
from linli.events.actions.policy import plant_sample_policies
from linli.events.models import DutyList, Event
from linli.events.queries.rulebook import home_centre
from linli.events.rules.dispatch import CENTRE
from linli.events.rules.drafts import SHORTEST_TEXT, ReportDraft
from linli.events.sample import matters
from linli.regions import api as regions

DAYS, TOGETHER = 90, 100
SKIPPED = {"contact": 0.06, "note": 0.6}  # how often a step is left out
PACE = {"accept": (0.1, 2.2), "contact": (0.1, 2.2)}  # working hours a step takes, where not 0.2 to 5
FORGOTTEN, PATIENCE_DAYS = 0.012, 1.6
CHANNELS = ("web", "web", "web", "hotline", "hotline", "desk", "rest")
PAST = matters.FOLDER / "past.json"
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Cast:
    """Who plays which part: dispatchers, checkers, and handlers by unit."""

    dispatchers: Sequence[accounts.Actor]
    checkers: Sequence[accounts.Actor]
    handlers: dict[int, list[accounts.Actor]]


@dataclass(frozen=True)
class _Stage:
    """What the past is made of: dice, people, sentences with their matter, words, the county's box, the present."""

    dice: random.Random
    cast: _Cast
    texts: Sequence[tuple[str, str]]
    words: dict[str, Any]
    bounds: Bounds
    now: datetime
    told: dict[str, set[int | None]] = field(default_factory=dict)

    def chance(self, share: float) -> bool:
        """Let this share of things happen."""
        return self.dice.random() < share


def plant_sample_duties(*, now: datetime) -> DutyList:
    """Put the sample duty list in force where there is none yet."""
    known = DutyList.objects.order_by("number").first()
    if known:
        return known
    sample = matters.duty_list()
    items = [
        {key: value for key, value in item.items() if key != "source"}
        for item in (*sample["items"], *matters.own_matters())
    ]
    listed = add_duty_list(name=sample["name"], source=sample["source"], items=items, now=now, is_sample=True)
    put_in_force(duty_list=listed, now=now)
    return listed


def plant_demo_events(*, seed: int, count: int, now: datetime) -> Iterator[int]:
    """Live through `count` events of the last 90 days, yielding how many are done; the same seed, the same past."""
    dice = random.Random(seed)  # noqa: S311  repeatable, not secret
    plant_sample_duties(now=now - timedelta(days=DAYS + 1))
    plant_sample_policies(now=now - timedelta(days=DAYS + 1))
    words = json.loads(PAST.read_text("utf-8"))
    texts = [(text, code) for text, code in matters.handwritten_texts() if len(text) > SHORTEST_TEXT]
    stage = _Stage(dice, _cast(now.date()), texts, words, _bounds(), now)
    moments = sorted(_moments(stage, count))
    for start in range(0, len(moments), TOGETHER):
        batch = moments[start : start + TOGETHER]
        with transaction.atomic(), _without_savepoints():
            for moment in batch:
                _live(stage, moment)
        yield len(batch)
    live_clocks(words=words["clocks"], now=now)


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """Leave out the savepoints of nested actions: half of all statements, and here a failure ends the whole batch."""
    features = connection.features
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = True


def _cast(day: date) -> _Cast:
    handlers: dict[int, list[accounts.Actor]] = {}
    for actor in accounts.actors_with("events.handle", on=day):
        for unit in actor.unit_ids:
            handlers.setdefault(unit, []).append(actor)
    return _Cast(_at_centre("events.dispatch", day), _at_centre("events.check", day), handlers)


def _at_centre(capability: str, day: date) -> list[accounts.Actor]:
    """Return who may do it all over the county."""
    actors = accounts.actors_with(capability, on=day)
    return [actor for actor in actors if any(held.unit_kind == CENTRE for held in actor.holdings_with(capability))]


def _moments(stage: _Stage, count: int) -> Iterator[datetime]:
    """Yield when things are reported: more by day than by night, a little more each week."""
    for _ in range(count):
        back = timedelta(days=DAYS * (1 - stage.dice.random() ** 0.85))
        hour, minute = int(stage.dice.triangular(6, 23, 10)), stage.dice.randrange(60)
        moment = timezone.localtime(stage.now - back).replace(hour=hour, minute=minute)
        yield moment if moment < stage.now else stage.now - back


def _live(stage: _Stage, moment: datetime) -> None:
    """Live one event through, as far as its age allows; few old ones were forgotten on the way."""
    receipt = _report(stage, moment)
    clock = _Clock(stage.dice, moment, stage.now)
    if receipt.state == states.SCREENING and not _screened(stage, receipt, clock):
        return
    event = Event.objects.get(pk=receipt.event_id)
    who = next(iter(stage.cast.handlers.get(event.lead_unit_id, [])), None)
    age = (stage.now - moment) / timedelta(days=1)
    stays_open = stage.chance(math.exp(-age / PATIENCE_DAYS) + FORGOTTEN)
    stop = stage.dice.choice(("", "accept", "start", "submit")) if stays_open else "end"
    if who is None or not stop:
        return
    _handle(stage, event, who, clock, stop)
    if stop == "end" and clock.running and _end(stage, event, clock):
        _handle(stage, event, who, clock, "end")
        _end(stage, event, clock)


@dataclass
class _Clock:
    """Time that goes on from the report, and stops at the present."""

    dice: random.Random
    at: datetime
    now: datetime

    @property
    def running(self) -> bool:
        """Whether the present is not reached yet."""
        return self.at < self.now

    def later(self, low: float, high: float) -> datetime:
        """Return a moment some working hours later, at most the present."""
        self.at = min(self.now, regions.add_working(self.at, hours=round(self.dice.uniform(low, high), 2)))
        return self.at


def _report(stage: _Stage, moment: datetime) -> Receipt:
    dice, words = stage.dice, stage.words
    text, code = dice.choice(stage.texts)
    lng, lat = _point(stage, text)
    known = stage.chance(0.85)
    taken_down = stage.chance(0.2)
    draft = ReportDraft(
        text=text,
        lng=lng,
        lat=lat,
        channel="desk" if taken_down else dice.choice(CHANNELS),
        matter_code=code if taken_down else None,
        reporter_name=dice.choice(words["surnames"]) + dice.choice(words["given"]) if known else "",
        reporter_phone=f"1380000{dice.randrange(10_000):04d}" if known else "",
    )
    return report_event(
        draft=draft, by=dice.choice(stage.cast.dispatchers) if taken_down else accounts.GUEST, now=moment
    )


def _point(stage: _Stage, text: str) -> tuple[float | None, float | None]:
    """Return a point in the county, in a street where the same words were not said yet: one story is no hot issue."""
    west, south, east, north = stage.bounds
    told = stage.told.setdefault(text, set())
    point: tuple[float | None, float | None] = (None, None)
    for _ in range(12):
        lng, lat = stage.dice.uniform(west, east), stage.dice.uniform(south, north)
        if place := regions.locate(lng, lat):
            point = (lng, lat)
            if place.street_id not in told:
                told.add(place.street_id)
                break
    return point


def _bounds() -> Bounds:
    """Return the box around all grids of the county."""
    centre = home_centre()
    if centre is None:
        message = "the demo county needs its centre first"
        raise LookupError(message)
    rings = [point for grid in regions.grids_geojson(centre.division_id)["features"] for point in _corners(grid)]
    longitudes, latitudes = [point[0] for point in rings], [point[1] for point in rings]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _corners(feature: dict[str, Any]) -> list[list[float]]:
    shape = feature["geometry"]
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [point for part in parts for point in part[0]]


def _screened(stage: _Stage, receipt: Receipt, clock: _Clock) -> bool:
    """Let a dispatcher decide; now and then it is not taken up, and the newest still wait."""
    moment, who = clock.later(0.2, 8), stage.dice.choice(stage.cast.dispatchers)
    if not clock.running:
        return False
    event = Event.objects.get(pk=receipt.event_id)
    if not event.candidates or stage.chance(0.05):
        reject_event(event_id=event.id, by=who, now=moment, reason="not_ours", words=stage.words["not_ours"])
        return False
    dispatch_event(event_id=event.id, by=who, now=moment, matter_code=event.candidates[0]["code"])
    return True


def _handle(stage: _Stage, event: Event, who: accounts.Actor, clock: _Clock, stop: str) -> None:
    """Let the unit work until `stop`, or until the present."""
    dice, words = stage.dice, stage.words
    steps = {
        "accept": partial(accept_event, event_id=event.id, by=who),
        "contact": partial(note_contact, event_id=event.id, by=who, words=words["contacted"]),
        "start": partial(start_event, event_id=event.id, by=who, words=words["arrived"]),
        "note": partial(
            add_note, event_id=event.id, by=who, words=dice.choice(words["notes"]), public=stage.chance(0.5)
        ),
        "submit": partial(submit_result, event_id=event.id, by=who, answer=dice.choice(words["answers"])),
    }
    state = Event.objects.values_list("state", flat=True).get(pk=event.id)
    for name, step in steps.items():
        if stage.chance(SKIPPED.get(name, 0)) or (state == states.IN_PROGRESS and name in {"accept", "start"}):
            continue
        moment = clock.later(*PACE.get(name, (0.2, 5)))
        if not clock.running:
            return
        step(now=moment)
        if name == stop:
            return


def _end(stage: _Stage, event: Event, clock: _Clock) -> bool:
    """Check, close and rate. Tell whether there is more to do: the check failed, or the reporter is not content."""
    handlers = Event.objects.values_list("handlers", flat=True).get(pk=event.id)
    who = next((one for one in stage.cast.checkers if one.person_id not in handlers), None)
    moment = clock.later(0.5, 7)
    if who is None or not clock.running or Event.objects.get(pk=event.id).state != states.SUBMITTED:
        return False
    if stage.chance(0.05):
        check_result(event_id=event.id, by=who, now=moment, passed=False, words=stage.words["not_good_enough"])
        return True
    check_result(event_id=event.id, by=who, now=moment, passed=True)
    if stage.chance(0.01):
        return False
    reason = stage.dice.choice(("solved", "solved", "solved", "explained"))
    close_event(event_id=event.id, by=who, now=moment, reason=reason)
    return _not_content(stage, event, clock)


def _not_content(stage: _Stage, event: Event, clock: _Clock) -> bool:
    moment = clock.later(1, 20)
    if not clock.running or stage.chance(0.6):
        return False
    solved = stage.chance(0.9)
    satisfied = stage.dice.choice((4, 5, 5) if solved else (1, 2, 3))
    rate_event(event_id=event.id, by=accounts.SYSTEM, now=moment, solved=solved, satisfied=satisfied)
    if not solved:
        who = stage.dice.choice(stage.cast.dispatchers)
        reopen_event(event_id=event.id, by=who, now=moment, words=stage.words["not_solved"])
    return not solved
