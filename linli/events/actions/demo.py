"""A fictional past for the demo county: events of the last 90 days in all states, lived through by the real actions."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.events import states
from linli.events.actions.close import check_result, close_event, reopen_event
from linli.events.actions.dispatch import dispatch_event, reject_event
from linli.events.actions.duty import add_duty_list, put_in_force
from linli.events.actions.handle import accept_event, add_note, note_contact, start_event, submit_result
from linli.events.actions.intake import Receipt, report_event
from linli.events.actions.opinion import rate_event
from linli.events.models import DutyList, Event
from linli.events.queries.rulebook import home_centre
from linli.events.rules.dispatch import CENTRE
from linli.events.rules.drafts import ReportDraft
from linli.events.sample import matters
from linli.regions import api as regions

DAYS, TOGETHER = 90, 100
SHARE_STILL_OPEN = 0.16
CHANNELS = ("web", "web", "web", "hotline", "hotline", "desk", "rest")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张", "芳伟敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英"
ANSWERS = (
    "已到现场处理完毕，请您看看，有问题随时告诉我们。",
    "师傅当天已修好，后面一周我们会再来看一次。",
    "已清理干净，并和附近商户说好不再乱放。",
    "情况属实，已责令整改，整改后拍照留存。",
    "已联系责任单位，今天上午完成，谢谢您的提醒。",
    "经核实，按规定需要您补一份材料，工作人员已电话告诉您怎么办。",
)
NOTES = ("已联系物业到场。", "现场核实，情况属实。", "材料已到位，明天施工。", "与反映人约好周末上门。")


Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Sources:
    """What reports are made of: texts as (text, matter code, phrase), and the box in which they happen."""

    texts: Sequence[tuple[str, str, str]]
    bounds: Bounds


@dataclass(frozen=True)
class _Cast:
    """Who plays which part: dispatchers, checkers, and handlers by unit."""

    dispatchers: Sequence[accounts.Actor]
    checkers: Sequence[accounts.Actor]
    handlers: dict[int, list[accounts.Actor]]


def plant_sample_duties(*, now: datetime) -> DutyList:
    """Put the sample duty list in force where there is none yet."""
    known = DutyList.objects.order_by("number").first()
    if known:
        return known
    sample = matters.duty_list()
    items = [{key: value for key, value in item.items() if key != "source"} for item in sample["items"]]
    listed = add_duty_list(name=sample["name"], source=sample["source"], items=items, now=now, is_sample=True)
    put_in_force(duty_list=listed, now=now)
    return listed


def plant_demo_events(*, seed: int, count: int, now: datetime) -> Iterator[int]:
    """Live through `count` events of the last 90 days, yielding how many are done; the same seed, the same past."""
    dice = random.Random(seed)  # noqa: S311  repeatable, not secret
    plant_sample_duties(now=now - timedelta(days=DAYS + 1))
    cast = _cast(now.date())
    sources = _Sources(list(matters.generated_texts(per_matter=60)), _bounds())
    moments = sorted(_moments(dice, count, now))
    for batch in _batches(moments):
        with transaction.atomic():
            for moment in batch:
                _live(dice, cast, sources, moment, now)
        yield len(batch)


def _batches(moments: Sequence[datetime]) -> Iterator[Sequence[datetime]]:
    for start in range(0, len(moments), TOGETHER):
        yield moments[start : start + TOGETHER]


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


def _moments(dice: random.Random, count: int, now: datetime) -> Iterator[datetime]:
    """Yield when things are reported: more by day than by night, a little more each week."""
    for _ in range(count):
        back = DAYS * (1 - dice.random() ** 0.85)
        moment = now - timedelta(days=back)
        yield min(moment.replace(hour=int(dice.triangular(6, 23, 10)) % 24, minute=dice.randrange(60)), now)


def _live(dice: random.Random, cast: _Cast, sources: _Sources, moment: datetime, now: datetime) -> None:
    receipt = _report(dice, sources, moment)
    open_today = dice.random() < SHARE_STILL_OPEN or now - moment < timedelta(days=2)
    stop = dice.choice(("", "accept", "start", "submit")) if open_today else "end"
    clock = _Clock(dice, moment, now)
    if receipt.state == states.SCREENING and not _screened(dice, cast, receipt, clock):
        return
    event = Event.objects.get(pk=receipt.event_id)
    who = next(iter(cast.handlers.get(event.lead_unit_id, [])), None)
    if who is None or not stop:
        return
    _handle(dice, event, who, clock, stop)
    if stop == "end" and clock.running:
        _end(dice, cast, event, clock)


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
        """Return a moment some hours later, at most the present."""
        self.at = min(self.now, self.at + timedelta(hours=self.dice.uniform(low, high)))
        return self.at


def _report(dice: random.Random, sources: _Sources, moment: datetime) -> Receipt:
    text, code, _phrase = dice.choice(sources.texts)
    lng, lat = _point(dice, sources.bounds)
    known = dice.random() < 0.85  # noqa: PLR2004  most reports leave a phone
    draft = ReportDraft(
        text=text if len(text) > 5 else f"{text}，请处理",  # noqa: PLR2004  the shortest report
        lng=lng, lat=lat, channel=dice.choice(CHANNELS), matter_code=code if dice.random() < 0.25 else None,  # noqa: PLR2004  share taken down by staff
        reporter_name=dice.choice(SURNAMES) + dice.choice(GIVEN) if known else "",
        reporter_phone=f"1380000{dice.randrange(10_000):04d}" if known else "",
    )  # fmt: skip
    return report_event(draft=draft, by=accounts.GUEST, now=moment)


def _point(dice: random.Random, bounds: Bounds) -> tuple[float | None, float | None]:
    west, south, east, north = bounds
    for _ in range(8):
        lng, lat = dice.uniform(west, east), dice.uniform(south, north)
        if regions.locate(lng, lat):
            return lng, lat
    return None, None


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


def _screened(dice: random.Random, cast: _Cast, receipt: Receipt, clock: _Clock) -> bool:
    """Let a dispatcher decide; now and then it is not taken up, and the newest still wait."""
    moment, who = clock.later(0.2, 2), dice.choice(cast.dispatchers)
    if not clock.running:
        return False
    event = Event.objects.get(pk=receipt.event_id)
    if not event.candidates or dice.random() < 0.08:  # noqa: PLR2004  share that is not taken up
        reject_event(
            event_id=event.id, by=who, now=moment, reason="not_ours", words="这件事不归政府部门管，已告诉您可以找谁。"
        )
        return False
    code = event.candidates[0]["code"]
    dispatch_event(event_id=event.id, by=who, now=moment, matter_code=code)
    return True


def _handle(dice: random.Random, event: Event, who: accounts.Actor, clock: _Clock, stop: str) -> None:
    steps = {
        "accept": partial(accept_event, event_id=event.id, by=who),
        "contact": partial(note_contact, event_id=event.id, by=who, words="已电话联系反映人，约好上门时间。"),
        "start": partial(start_event, event_id=event.id, by=who, words="已到现场。"),
        "note": partial(add_note, event_id=event.id, by=who, words=dice.choice(NOTES), public=dice.random() < 0.5),  # noqa: PLR2004  half and half
        "submit": partial(submit_result, event_id=event.id, by=who, answer=dice.choice(ANSWERS)),
    }
    for name, step in steps.items():
        if name in {"contact", "note"} and dice.random() < 0.6:  # noqa: PLR2004  not everybody writes notes
            continue
        moment = clock.later(0.3, 20)
        if not clock.running:
            return
        step(now=moment)
        if name == stop:
            return


def _end(dice: random.Random, cast: _Cast, event: Event, clock: _Clock) -> None:
    who = next(one for one in dice.sample(cast.checkers, len(cast.checkers)) if one.person_id not in event.handlers)
    if dice.random() < 0.06 and clock.later(1, 10) < clock.now:  # noqa: PLR2004  share that fails the check
        check_result(event_id=event.id, by=who, now=clock.at, passed=False, words="现场还有剩余，请再去一次。")
        return
    moment = clock.later(1, 30)
    if not clock.running:
        return
    check_result(event_id=event.id, by=who, now=moment, passed=True)
    close_event(event_id=event.id, by=who, now=moment, reason=dice.choice(("solved", "solved", "solved", "explained")))
    _opinion(dice, cast, event, clock)


def _opinion(dice: random.Random, cast: _Cast, event: Event, clock: _Clock) -> None:
    if dice.random() > 0.4 or clock.later(2, 60) >= clock.now:  # noqa: PLR2004  share that answers
        return
    solved = dice.random() < 0.88  # noqa: PLR2004  share that is content
    rate_event(
        event_id=event.id,
        by=accounts.SYSTEM,
        now=clock.at,
        solved=solved,
        satisfied=dice.choice((4, 5, 5) if solved else (1, 2, 3)),
    )
    if not solved and clock.later(1, 20) < clock.now:
        reopen_event(event_id=event.id, by=dice.choice(cast.dispatchers), now=clock.at, words="反映人说没有解决。")
