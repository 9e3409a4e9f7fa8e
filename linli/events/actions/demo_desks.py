"""What lies on the desks of the demo county's named people: a story for each thing that a desk can show."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.actions.close import check_result, close_event
from linli.events.actions.handle import accept_event, add_note, start_event, submit_result
from linli.events.actions.intake import report_event
from linli.events.actions.joint import give_task
from linli.events.actions.merge import merge_event
from linli.events.actions.playbook import start_playbook
from linli.events.actions.publish import publish_answer
from linli.events.actions.whistle import blow_whistle, respond_to_whistle
from linli.events.models import Event, Playbook
from linli.events.rules.dispatch import CENTRE
from linli.events.rules.drafts import ReportDraft
from linli.events.sample import matters
from linli.regions import api as regions

STORIES = matters.FOLDER / "desk.json"
Story = Mapping[str, Any]


@dataclass
class _Stage:
    """Where it plays, the units that are called, the present, and the events so far by their code."""

    community: accounts.UnitInfo
    called: Mapping[str, Any]
    units: Mapping[str, int]
    now: datetime
    told: dict[str, Event] = field(default_factory=dict)

    def who(self, capability: str, unit_id: int) -> accounts.Actor:
        """Return somebody of a unit who may do this."""
        return accounts.actors_with(capability, on=self.now.date(), unit_ids=[unit_id])[0]

    def at_centre(self, capability: str) -> accounts.Actor:
        """Return somebody of the centre who may do this."""
        found = accounts.actors_with(capability, on=self.now.date())
        return next(one for one in found if any(held.unit_kind == CENTRE for held in one.holdings_with(capability)))


@transaction.atomic
def plant_demo_desks(*, now: datetime) -> int:
    """Let the first community of the demo county have a busy week; return how many events that makes."""
    community = min(accounts.units(kind="community"), key=lambda unit: unit.code, default=None)
    if community is None:
        return 0
    words = json.loads(STORIES.read_text("utf-8"))
    units = {unit.code: unit.id for unit in accounts.units()}
    stage = _Stage(community, words["units"], units, now)
    for place, story in enumerate([*words["events"], *_crowd(words["crowd"])]):
        event = _reported(stage, story, place)
        _handled(stage, story, event)
        _joined(stage, story, event)
        stage.told[story["code"]] = event
    return len(stage.told)


def _crowd(crowd: Story) -> list[Story]:
    """Return one story for each neighbour who reports the same, the newest last; all but the newest are over."""
    common = {part: crowd[part] for part in ("matter", "grid", "answer")}
    last = len(crowd["texts"]) - 1
    return [
        {**common, "code": f"crowd-{place}", "text": text, "hours": 5 + crowd["every_hours"] * (last - place),
         "steps": crowd["steps"] if place < last else []}
        for place, text in enumerate(crowd["texts"])
    ]  # fmt: skip


def _reported(stage: _Stage, story: Story, place: int) -> Event:
    lng, lat = _point(stage, story.get("grid", place))
    neighbour = story["code"] in {"alone", "lamp_again"}
    draft = ReportDraft(
        text=story["text"], matter_code=story["matter"], lng=lng, lat=lat, channel="web",
        reporter_phone=accounts.DEMO_NEIGHBOUR if neighbour else f"1380001{place:04d}",
    )  # fmt: skip
    moment = stage.now - timedelta(hours=story["hours"])
    return Event.objects.get(pk=report_event(draft=draft, by=accounts.GUEST, now=moment).event_id)


def _point(stage: _Stage, place: int) -> tuple[float, float]:
    """Return the middle of one of the community's grids."""
    grids = regions.grids_geojson(stage.community.division_id)["features"]
    shape = grids[place % len(grids)]["geometry"]
    ring = shape["coordinates"][0] if shape["type"] == "Polygon" else shape["coordinates"][0][0]
    return sum(point[0] for point in ring) / len(ring), sum(point[1] for point in ring) / len(ring)


def _handled(stage: _Stage, story: Story, event: Event) -> None:
    """Take the steps of a story one after the other, from an hour after the report on."""
    who = stage.who("events.handle", event.lead_unit_id)
    mine: dict[str, Any] = {"event_id": event.id, "by": who}
    steps = {
        "accept": partial(accept_event, **mine),
        "start": partial(start_event, **mine),
        "submit": partial(submit_result, **mine, answer=story.get("answer", "")),
    }
    moment, pace = stage.now - timedelta(hours=story["hours"]), timedelta(hours=story["hours"] / 8)
    for name in story["steps"]:
        moment += pace
        if name in steps:
            steps[name](now=moment)
        else:
            _ended(stage, story, event, name, moment)
    if "note" in story:
        add_note(**mine, now=moment + pace, words=story["note"], public=True)


def _ended(stage: _Stage, story: Story, event: Event, name: str, moment: datetime) -> None:
    by = stage.at_centre("events.check")
    if name == "check":
        check_result(event_id=event.id, by=by, now=moment, passed=True)
        return
    close_event(event_id=event.id, by=by, now=moment, reason="explained")
    if "question" not in story:
        return
    asked = {part: story[part] for part in ("question", "asked", "answer")}
    publish_answer(event_id=event.id, by=by, now=moment + timedelta(hours=1), **asked)


def _joined(stage: _Stage, story: Story, event: Event) -> None:
    """Let others come in where the story says so: a whistle, a task, a plan in stages, another report of the same."""
    who, moment = stage.who("events.handle", event.lead_unit_id), stage.now - timedelta(hours=2)
    if "whistle" in story:
        units = [stage.units[code] for code in stage.called["whistle"]]
        caller = stage.who("events.whistle", event.lead_unit_id)
        blow_whistle(event_id=event.id, by=caller, now=moment, unit_ids=units, words=story["whistle"], limit=8)
        first = stage.who("events.handle", stage.units[stage.called["arrived"]])
        respond_to_whistle(event_id=event.id, by=first, now=moment + timedelta(hours=1), arrived=True)
    if "task" in story:
        give_task(event_id=event.id, by=who, now=moment, unit_id=stage.community.id, what=story["task"], limit=2)
    if story.get("playbook"):
        plan = Playbook.objects.filter(matter_codes__contains=[story["matter"]]).first()
        if plan:
            start_playbook(event_id=event.id, by=who, now=moment, playbook_id=plan.id)
    if "merge_into" in story:
        number, by = stage.told[story["merge_into"]].number, stage.at_centre("events.dispatch")
        merge_event(event_id=event.id, by=by, now=moment, number=number, words=story["words"])
