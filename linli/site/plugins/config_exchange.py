"""Who answers for data and within how many days, in the configuration file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.site.plugins.config_accounts import checked
from linli.site.slots import ConfigPart, ConfigRefusedError

OWNERS, MOST_DAYS, LONGEST = "exchange.owners", 90, 60


class DataOwners(ConfigPart):
    """Which unit was set to answer for an owner of the dictionary; those known by their name are left out."""

    code, label, capability, place = "data_owners", gettext_lazy("Owners of data"), OWNERS, 70
    note = gettext_lazy("Which unit answers for the data of an owner. What differs holds from the day it is taken in.")

    def read(self, *, now: datetime) -> Any:
        """Return the owners that were set, by name."""
        known = exchange.owners_set(now=now)
        return [{"owner": owner, "unit": accounts.unit(unit).code} for owner, unit in known.items()]

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which owners another unit would answer for."""
        rows = checked(wanted, ("owner", "unit"))
        for row in rows:
            if not isinstance(row["owner"], str) or not 0 < len(row["owner"].strip()) <= LONGEST:
                raise ConfigRefusedError(_("An owner of data needs its name, of at most 60 characters."))
            found = accounts.unit_by_code(str(row["unit"]))
            if found is None or not found.is_open:
                said = {"owner": row["owner"], "unit": row["unit"]}
                raise ConfigRefusedError(_("%(owner)s: there is no unit %(unit)s.") % said)
        return [_("%(owner)s: %(unit)s answers") % row for row in _differing(rows, self.read(now=now), "owner", "unit")]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Set what differs, from today."""
        today = timezone.localdate(now)
        for row in _differing(wanted, self.read(now=now), "owner", "unit"):
            unit = accounts.unit_by_code(str(row["unit"]))
            exchange.set_owner_unit(
                owner=row["owner"], unit_id=unit.id if unit else None, from_on=today, by=by, now=now
            )


class AnswerLimits(ConfigPart):
    """Within how many working days applications and corrections are answered."""

    code, label, capability, place = "answer_limits", gettext_lazy("Limits of answers"), OWNERS, 72
    note = gettext_lazy("In working days. What differs holds from the day it is taken in.")

    def read(self, *, now: datetime) -> Any:
        """Return the limits."""
        return [{"answer": one.code, "days": one.days} for one in exchange.limit_lines(now=now)]

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which limits differ."""
        rows, here = checked(wanted, ("answer", "days")), self.read(now=now)
        known = {row["answer"] for row in here}
        for row in rows:
            is_days = isinstance(row["days"], int) and not isinstance(row["days"], bool)
            if row["answer"] not in known or not is_days or not 1 <= row["days"] <= MOST_DAYS:
                raise ConfigRefusedError(
                    _("A limit of answers needs one of %(known)s, and 1 to 90 days.")
                    % {"known": ", ".join(sorted(known))}
                )
        template = _("%(answer)s: %(days)s working days")
        return [template % row for row in _differing(rows, here, "answer", "days")]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Set what differs, from today."""
        today = timezone.localdate(now)
        for row in _differing(wanted, self.read(now=now), "answer", "days"):
            exchange.set_answer_limit(code=row["answer"], days=row["days"], from_on=today, by=by, now=now)


def _differing(
    rows: Sequence[Mapping[str, Any]], here: Sequence[Mapping[str, Any]], name: str, value: str
) -> list[Mapping[str, Any]]:
    known = {row[name]: row[value] for row in here}
    return [row for row in rows if known.get(row[name]) != row[value]]
