"""Matters and rules typed in at the console: the same cells as in a manual, read the same way."""

from collections.abc import Mapping
from datetime import datetime

from linli.accounts import api as accounts
from linli.events.actions.standard_files import DEFAULTS, LEVELS
from linli.events.actions.standards import save_matter, save_rule
from linli.events.models import DispatchRule, DutyList, MatterItem
from linli.events.queries.standard_files import read_rule_cells, unit_role
from linli.events.rules.refusals import RefusedError
from linli.events.rules.standard_sheets import read_matter


class CellsRefusedError(RefusedError):
    """Some cells can't be read. `fields` has a sentence for each."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Keep them."""
        super().__init__(", ".join(fields))
        self.fields = dict(fields)


def enter_matter(*, duty_list: DutyList, cells: Mapping[str, str], by: accounts.Actor, now: datetime) -> MatterItem:
    """Add or change a matter of a draft. Raises CellsRefusedError and StandardsRefusedError."""
    item, wrong = read_matter(cells, unit_role)
    if wrong:
        raise CellsRefusedError(wrong)
    leads = {level: item.pop(f"lead_{level}") for level in LEVELS if f"lead_{level}" in item}
    whole = {**DEFAULTS, **item, "leads": leads}
    return save_matter(duty_list=duty_list, item=whole, by=by, now=now)


def enter_rule(
    *, duty_list: DutyList, cells: Mapping[str, str], by: accounts.Actor, now: datetime, place: int | None = None
) -> DispatchRule:
    """Add or change a dispatch rule of a draft. Raises CellsRefusedError and StandardsRefusedError."""
    rule, wrong = read_rule_cells(cells)
    if wrong:
        raise CellsRefusedError(wrong)
    return save_rule(duty_list=duty_list, place=place, by=by, now=now, **rule)
