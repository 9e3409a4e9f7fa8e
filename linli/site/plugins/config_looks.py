"""The rules over looks in the configuration file: limits, weights and terms; in force at once, as a new version."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.site.slots import ConfigPart, ConfigRefusedError
from linli.trust import api as trust


class Looks(ConfigPart):
    """Every rule over looks, on or off, with its limit and weight; the terms of reviews."""

    code, label, capability, place = "looks", gettext_lazy("Rules over looks"), "trust.look_rules", 70

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return the settings in force."""
        return trust.as_content(trust.settings_in_force())

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:  # noqa: ARG002  one signature
        """Say which rules and terms differ from what is in force."""
        content, here = trust.as_content(_checked(wanted)), trust.as_content(trust.settings_in_force())
        return [
            _("%(name)s: changed") % {"name": name}
            for part in ("rules", "terms")
            for name, value in content[part].items()
            if value != here[part][name]
        ]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Put the settings in force; the same ones again change nothing."""
        trust.save_look_settings(content=wanted, by=by, now=now)


def _checked(wanted: Any) -> Any:
    try:
        return trust.settings_from(wanted)
    except trust.SettingsRefusedError as refused:
        raise ConfigRefusedError(str(refused)) from refused
