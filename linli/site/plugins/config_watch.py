"""The security watch in the configuration file: its limits, and who must be told of incidents by when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.site.slots import ConfigPart, ConfigRefusedError
from linli.trust import api as trust


class WatchLimits(ConfigPart):
    """From when on something raises an alert."""

    code, label, capability, place = "watch", gettext_lazy("Limits of the security watch"), "trust.watch", 71

    def read(self, *, now: datetime) -> Any:
        """Return the limits in force."""
        return dict(trust.limits_in_force(now=now))

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which limits differ."""
        here = trust.limits_in_force(now=now)
        try:
            limits = trust.limits_from(wanted)
        except trust.LimitsRefusedError as refused:
            raise ConfigRefusedError(str(refused)) from refused
        return [_("%(name)s: changed") % {"name": name} for name, value in limits.items() if value != here[name]]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Put them in force; the same ones again change nothing."""
        trust.save_watch_limits(content=wanted, by=by, now=now)


class NoticeTerms(ConfigPart):
    """Categories, grades and operators of incidents, and who must be told by when; in force from today on."""

    code, label, capability, place = "incident_terms", gettext_lazy("Terms of notices of incidents"), "trust.watch", 72

    def read(self, *, now: datetime) -> Any:
        """Return the terms in force."""
        return trust.as_terms_content(trust.terms_in_force(now=now))

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which parts differ."""
        here = trust.as_terms_content(trust.terms_in_force(now=now))
        try:
            terms = trust.as_terms_content(trust.terms_from(wanted))
        except trust.TermsRefusedError as refused:
            raise ConfigRefusedError(str(refused)) from refused
        return [_("%(name)s: changed") % {"name": name} for name, value in terms.items() if value != here[name]]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Write a version that counts from today; the same one again changes nothing."""
        trust.save_notice_terms(content=wanted, begins_on=timezone.localdate(now), by=by, now=now)
