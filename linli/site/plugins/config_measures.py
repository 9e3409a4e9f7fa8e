"""The measures in the configuration file: what each counts, out of what, in force; taken in as drafts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.events import api as events
from linli.insight import api as insight
from linli.site.plugins.config_accounts import checked
from linli.site.slots import ConfigPart, ConfigRefusedError

KEYS = ("name", "numerator", "denominator", "tiers", "reasons", "period")


class Measures(ConfigPart):
    """Every measure as it is in force, with its number and since when; these two say where it comes from."""

    code, label, capability, place = "measures", gettext_lazy("Measures"), "insight.define", 60

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return the measures in force, in their order."""
        return insight.measures_data()

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:  # noqa: ARG002  one signature
        """Say which measures differ from what is in force and from their draft."""
        rows = checked(wanted, ("code", *KEYS))
        for row in rows:
            _check(row)
        return [_("%(name)s: a new draft") % {"name": row["name"]} for row in _differing(rows)]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Make a draft of each measure that differs; an officer looks at its figures and puts it in force."""
        for row in _differing(wanted):
            insight.draft_measure(code=row["code"], by=by, now=now, **_content(row))


def _differing(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    known = [{row["code"]: _content(row) for row in some} for some in (insight.measures_data(), insight.drafts_data())]
    return [row for row in rows if all(there.get(row["code"]) != _content(row) for there in known)]


def _content(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in KEYS}


def _check(row: Mapping[str, Any]) -> None:
    try:
        insight.check_definition(code=row["code"], **_content(row))
    except events.RefusedError as refused:
        raise ConfigRefusedError(f"{row['code']}: {refused}") from refused
