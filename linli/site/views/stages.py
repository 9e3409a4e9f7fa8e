"""The stages of a handling limit on the page of an event: each with its due, and what can be done about it."""

from datetime import datetime
from typing import Any

from linli.events import api as events
from linli.site.forms.clocks import StageForm, StageNotNeededForm
from linli.site.views.lists import seconds_left

Outcome = events.EventStage.Outcome
SHOWN_AS = {
    Outcome.DONE: ("green", "circle-check"),
    Outcome.NOT_NEEDED: ("", "minus"),
    Outcome.WITH_RESULT: ("blue", "circle-check"),
}


def stage_context(found: events.Case, now: datetime) -> dict[str, Any]:
    """Return the stages, empty where the matter has none; `stages_open` counts those that still run."""
    may_end = "end_stage" in found.steps
    return {
        "stages": [_shown(stage, now, may_end=may_end) for stage in found.stages],
        "stages_open": sum(stage.is_open for stage in found.stages),
    }


def _shown(stage: events.EventStage, now: datetime, *, may_end: bool) -> dict[str, Any]:
    tone, icon = SHOWN_AS.get(Outcome(stage.outcome), ("", "")) if stage.outcome else ("", "")
    may_end, asked = may_end and stage.is_open, {"stage_id": stage.id}
    return {
        "it": stage,
        "number": stage.place + 1,
        "left": seconds_left(stage.due, now),
        "tone": "amber" if stage.was_late else tone,
        "icon": icon,
        "done_form": StageForm(prefix="limit_stage", auto_id=f"s{stage.id}_%s", initial=asked) if may_end else None,
        "skip_form": StageNotNeededForm(prefix="limit_stage_skip", auto_id=f"n{stage.id}_%s", initial=asked)
        if may_end
        else None,
    }
