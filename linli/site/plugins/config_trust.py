"""The register of processing activities in the configuration file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.site.plugins.config_accounts import checked
from linli.site.slots import ConfigPart, ConfigRefusedError
from linli.trust import api as trust

ESSENTIAL = ("code", "name", "what_for", "basis")


class Activities(ConfigPart):
    """What stands in the register; what the file leaves out stays as it is."""

    code, label, capability, place = "activities", gettext_lazy("Processing activities"), "trust.purposes", 25

    def read(self, *, now: datetime) -> Any:
        """Return the activities in force by code."""
        return [_plain(one) for one in trust.register_on(timezone.localdate(now)).values()]

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which activities are new or differ."""
        new, changed = _("new: %(name)s"), _("changed: %(name)s")
        return [(changed if before else new) % {"name": one.name} for before, one in _differing(wanted, now)]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Write a version of each that differs, in force from today."""
        for _before, one in _differing(wanted, now):
            trust.save_activity(activity=one, by=by, now=now)


def _differing(wanted: Any, now: datetime) -> list[tuple[trust.Activity | None, trust.Activity]]:
    """Return those that differ from what is in force, each with what it was."""
    here = trust.register_on(timezone.localdate(now))
    found = []
    for row in checked(wanted, ESSENTIAL):
        before = here.get(str(row["code"]))
        one = _activity(row, before)
        if before is None or trust.content_of(one) != trust.content_of(before):
            found.append((before, one))
    return found


def _activity(row: Mapping[str, Any], before: trust.Activity | None) -> trust.Activity:
    kept = trust.content_of(before) if before else {}
    try:
        one = trust.activity_from(str(row["code"]), {**kept, **row})
        trust.check_activity(one)
    except trust.ActivityRefusedError as refused:
        raise ConfigRefusedError(f"{row['code']}: {refused}") from refused
    return one


def _plain(one: trust.Activity) -> dict[str, Any]:
    return {"code": one.code, **trust.content_of(one)}
