"""Limits around people's rights in the configuration file: leave cover and emergency access; in force at once."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.site.slots import ConfigPart, ConfigRefusedError
from linli.trust import api as trust

PURPOSES = "trust.purposes"


class CoverLimits(ConfigPart):
    """How long somebody may be covered for, and how long ahead it is set."""

    code, label, capability, place = "cover", gettext_lazy("Limits of leave cover"), "accounts.grant", 16

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return the limits in force."""
        return asdict(accounts.cover_limits())

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:  # noqa: ARG002  one signature
        """Say whether they differ."""
        return [] if _limits(wanted) == accounts.cover_limits() else [_("Other limits of leave cover")]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Put them in force as a new version, where they differ."""
        limits = _limits(wanted)
        if limits != accounts.cover_limits():
            accounts.set_cover_limits(limits=limits, by=by, now=now)


class GlassLimits(ConfigPart):
    """How long emergency access lasts, how often, by which posts and over which area."""

    code, label, capability, place = "break_glass", gettext_lazy("Limits of emergency access"), PURPOSES, 72

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return the limits in force."""
        return trust.glass_content(trust.glass_rules())

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:  # noqa: ARG002  one signature
        """Say which limits differ."""
        here, there = trust.glass_content(trust.glass_rules()), trust.glass_content(_glass(wanted))
        return [_("%(name)s: changed") % {"name": name} for name, value in there.items() if value != here[name]]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Put them in force as a new version, where they differ."""
        rules = _glass(wanted)
        if rules != trust.glass_rules():
            trust.save_glass_rules(content=trust.glass_content(rules), by=by, now=now)


class RightTerms(ConfigPart):
    """Within how many working days each right of the person is answered."""

    code, label, capability, place = "right_terms", gettext_lazy("Terms of the rights of the person"), PURPOSES, 73

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return the terms in force."""
        return trust.right_terms_content(trust.right_terms())

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:  # noqa: ARG002  one signature
        """Say which terms differ."""
        here = trust.right_terms()
        differ = [kind for kind, term in _terms(wanted).items() if term != here[kind]]
        return [_("%(name)s: changed") % {"name": trust.RightKind(kind).label} for kind in differ]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Put them in force as a new version, where they differ."""
        trust.save_right_terms(content=trust.right_terms_content(_terms(wanted)), by=by, now=now)


def _limits(wanted: Any) -> accounts.CoverLimits:
    names = set(asdict(accounts.CoverLimits()))
    if not isinstance(wanted, Mapping) or set(wanted) != names or not all(type(one) is int for one in wanted.values()):
        raise ConfigRefusedError(_("The limits of leave cover are %(names)s.") % {"names": ", ".join(sorted(names))})
    limits = accounts.CoverLimits(**wanted)
    try:
        accounts.check_cover_limits(limits)
    except accounts.CoverRefusedError as refused:
        raise ConfigRefusedError(str(refused)) from refused
    return limits


def _terms(wanted: Any) -> Any:
    try:
        return trust.read_right_terms(wanted)
    except trust.RightRefusedError as refused:
        raise ConfigRefusedError(str(refused)) from refused


def _glass(wanted: Any) -> trust.GlassRules:
    try:
        rules = trust.glass_rules_from(wanted)
    except trust.GlassRefusedError as refused:
        raise ConfigRefusedError(str(refused)) from refused
    if unknown := sorted(set(rules.posts) - {post.code for post in accounts.posts()}):
        raise ConfigRefusedError(_("There is no post %(code)s.") % {"code": unknown[0]})
    return rules
