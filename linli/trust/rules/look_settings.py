"""The settings of the rules over looks as data: what ships, and what a county may set."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from linli.trust.rules.look_rules import MARKED, RULES, Setting

SHIPPED = Path(__file__).resolve().parents[1] / "sample/look_rules.json"
ALWAYS = {"on": True, "limit": 1, "weight": 1}
MOST_LIMIT, MOST_WEIGHT, MOST_DAYS = 10_000, 1, 3650


class SettingsRefusedError(ValueError):
    """The settings of the rules can't be taken; the message is the sentence."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of reviews: working days until one is due; days it is kept once justified, or once confirmed.

    `enough` is how many decided reviews of a rule it takes before another limit is proposed.
    """

    due_days: int
    justified_days: int
    confirmed_days: int
    enough: int


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a county sets about looks: every rule, and the terms."""

    rules: Mapping[str, Setting]
    terms: Terms


@cache
def shipped_settings() -> Settings:
    """Return the settings that ship with Linli: a sample, tuned on made-up habits."""
    return settings_from(json.loads(SHIPPED.read_text("utf-8")))


def settings_from(content: Any) -> Settings:
    """Return checked settings. Raises SettingsRefusedError."""
    if not isinstance(content, Mapping) or set(content) != {"rules", "terms"}:
        raise SettingsRefusedError(_("The settings of looks have two parts: rules and terms."))
    return Settings(_rules(content["rules"]), _terms(content["terms"]))


def as_content(settings: Settings) -> dict[str, Any]:
    """Return settings as plain data, in the order of the rules."""
    return {"rules": {code: asdict(settings.rules[code]) for code in RULES}, "terms": asdict(settings.terms)}


def _terms(given: Any) -> Terms:
    names = [one.name for one in fields(Terms)]
    if not isinstance(given, Mapping) or set(given) != set(names):
        raise SettingsRefusedError(_("The terms of reviews are %(names)s.") % {"names": ", ".join(names)})
    for name in names:
        if not isinstance(given[name], int) or isinstance(given[name], bool) or not 0 < given[name] <= MOST_DAYS:
            raise SettingsRefusedError(_("“%(name)s” must be a whole number above 0.") % {"name": name})
    return Terms(**given)


def _rules(content: Any) -> dict[str, Setting]:
    if isinstance(content, Mapping) and MARKED not in content:
        content = {**content, MARKED: ALWAYS}  # settings that were kept before this rule was there
    if not isinstance(content, Mapping) or set(content) != set(RULES):
        raise SettingsRefusedError(_("Each rule over looks must be named, and no other: %(names)s.") % {
            "names": ", ".join(RULES)
        })  # fmt: skip
    return {code: _setting(code, content[code]) for code in RULES}


def _setting(code: str, given: Any) -> Setting:
    if not isinstance(given, Mapping) or set(given) != {"on", "limit", "weight"} or not isinstance(given["on"], bool):
        raise SettingsRefusedError(_("The rule “%(rule)s” needs on (yes or no), limit and weight.") % {"rule": code})
    limit, weight = given["limit"], given["weight"]
    if code == MARKED and dict(given) != ALWAYS:
        raise SettingsRefusedError(_("People rely on each look at them being reviewed: this rule stays as it is."))
    if not _number(limit) or not 0 < limit <= MOST_LIMIT or not _number(weight) or not 0 < weight <= MOST_WEIGHT:
        words = _("The limit of the rule “%(rule)s” must lie above 0, its weight between 0 and 1.")
        raise SettingsRefusedError(words % {"rule": code})
    return Setting(given["on"], float(limit), float(weight))


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
