"""Asking less in the configuration file: rules of the over-collection check, limits, kinds of devices, questions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.site.slots import ConfigPart, ConfigRefusedError
from linli.trust import api as trust


class AskLess(ConfigPart):
    """Everything a county sets about asking less; in force at once, as a new version."""

    code, label, capability, place = "ask_less", gettext_lazy("Asking less"), "trust.asking", 72

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return what is in force."""
        return trust.as_plain(trust.ask_less_in_force())

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:  # noqa: ARG002  one signature
        """Say which parts differ from what is in force."""
        content, here = trust.as_plain(_checked(wanted)), trust.as_plain(trust.ask_less_in_force())
        return [_("%(name)s: changed") % {"name": part} for part in content if content[part] != here[part]]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Put it in force; the same again changes nothing."""
        trust.save_ask_less(content=wanted, by=by, now=now)


def _checked(wanted: Any) -> trust.AskLess:
    try:
        return trust.ask_less_from(wanted)
    except trust.PolicyRefusedError as refused:
        raise ConfigRefusedError(str(refused)) from refused
