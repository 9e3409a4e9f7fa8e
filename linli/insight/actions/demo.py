"""Measures for the demo county: the sample definitions, figures over its past, and some requests to leave out."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db.models import F

from linli.accounts import api as accounts
from linli.insight.actions.exclude import ask_exclusion, decide_exclusion
from linli.insight.actions.measure import plant_sample_measures
from linli.insight.actions.refresh import recount
from linli.insight.models import Exclusion, Mark
from linli.insight.queries.measures import measure_in_force

REQUESTS = Path(__file__).resolve().parents[1] / "sample" / "requests.json"
EACH = 8


@dataclass(frozen=True)
class _Stage:
    """Dice, who decides, and the present."""

    dice: random.Random
    judges: Sequence[accounts.Actor]
    now: datetime


def plant_demo_measures(*, seed: int, now: datetime) -> int:
    """Put the sample measures in force, count the past, and let units ask for exclusions; return how many events."""
    plant_sample_measures(now=now)
    counted = recount(now=now)
    dice = random.Random(seed)  # noqa: S311  repeatable, not secret
    stage = _Stage(dice, accounts.actors_with("insight.approve", on=now.date()), now)
    for said in json.loads(REQUESTS.read_text("utf-8")):
        for event_id in _missed(said["measure"]):
            _ask(stage, event_id, said)
    return counted


def _missed(code: str) -> list[UUID]:
    measure = measure_in_force(code)
    if measure is None or Exclusion.objects.filter(measure=code).exists():
        return []
    masks = measure.masks
    rows = Mark.objects.alias(sampled=F("marks").bitand(masks.sample), hit=F("marks").bitand(masks.hits))
    rows = rows.filter(sampled=masks.sample).exclude(hit=masks.hits)
    return list(rows.order_by("-event_id").values_list("event_id", flat=True)[:EACH])


def _ask(stage: _Stage, event_id: UUID, said: dict[str, str]) -> None:
    """Let the leading unit ask, and somebody else decide most of it."""
    unit = Mark.objects.values_list("lead_unit_id", flat=True).get(event_id=event_id)
    asker = next(iter(accounts.actors_with("insight.exclude", on=stage.now.date(), unit_ids=[unit])), None)
    judge = next((one for one in stage.judges if asker and one.person_id != asker.person_id), None)
    if asker is None or judge is None:
        return
    asked = ask_exclusion(
        event_id=event_id, by=asker, now=stage.now,
        measure=said["measure"], reason=said["reason"], words=said["words"],
    )  # fmt: skip
    if stage.dice.random() < 0.7:  # noqa: PLR2004  the others wait
        approved = stage.dice.random() < 0.8  # noqa: PLR2004  most are well founded
        words = said["yes"] if approved else said["no"]
        decide_exclusion(exclusion_id=asked.id, approved=approved, words=words, by=judge, now=stage.now)
