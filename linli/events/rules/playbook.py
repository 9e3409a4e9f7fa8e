"""A playbook 处置方案 as data: its stages read and checked, so that what is broken is refused when it is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from linli.events.rules.joint import LONGEST_LIMIT
from linli.events.rules.refusals import RefusedError

LEAD = "lead"
ROLES = {LEAD, "street", "community", "centre"}
LIMIT_UNITS = {"hour", "work_hour", "work_day", "calendar_day"}
MOST_STAGES = 20


class PlaybookRefusedError(RefusedError):
    """The plan can't be taken as it is; the sentence names the stage and what is wrong with it."""

    def __init__(self, words: str) -> None:
        """Keep the sentence."""
        super().__init__(words)
        self.sentence = words


@dataclass(frozen=True)
class Stage:
    """One stage: what is done, the role of who does it, by when, and what closes it."""

    what: str
    unit: str
    limit: int
    limit_unit: str
    closing_condition: str


def stages_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Stage, ...]:
    """Return the stages of a plan. Raises PlaybookRefusedError for the first thing that is wrong."""
    if not rows:
        raise PlaybookRefusedError(_("A plan needs at least one stage."))
    if len(rows) > MOST_STAGES:
        raise PlaybookRefusedError(_("A plan of more than 20 stages is two plans; split it."))
    return tuple(_stage(number, row) for number, row in enumerate(rows, 1))


def _stage(number: int, row: Mapping[str, Any]) -> Stage:
    said = {key: str(row.get(key, "")).strip() for key in ("what", "unit", "limit_unit", "closing_condition")}
    limit = row.get("limit")
    problem = (
        (not said["what"], _("Stage %(number)d does not say what is to be done.")),
        (not _is_role(said["unit"]), _("Stage %(number)d names no role that can be found: %(unit)s.")),
        (
            not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= LONGEST_LIMIT,
            _("Stage %(number)d needs a limit between 1 and 400."),
        ),
        (said["limit_unit"] not in LIMIT_UNITS, _("Stage %(number)d has a limit without a unit of time.")),
        (not said["closing_condition"], _("Stage %(number)d does not say what closes it.")),
    )
    for wrong, words in problem:
        if wrong:
            raise PlaybookRefusedError(words % {"number": number, "unit": said["unit"] or "—"})
    return Stage(limit=int(str(limit)), **said)


def _is_role(role: str) -> bool:
    kind, _colon, code = role.partition(":")
    return role in ROLES or (kind in {"department", "unit"} and bool(code))
