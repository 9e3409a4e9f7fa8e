"""What a policy may say: a broken one is refused at saving, each fault in a sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.events.rules.escalation import ACCEPT, HANDLE, UNASSIGNED
from linli.events.rules.message_texts import problems_of_texts
from linli.events.rules.refusals import RefusedError

GRADES = {"", "A", "B", "C"}
ROLES = {"city", "centre", "street", "community"}
Row = Mapping[str, Any]


class PolicyRefusedError(RefusedError):
    """A policy that can't be kept. `problems` are sentences."""

    sentence = gettext_lazy("This can't be kept as it is.")

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep the problems."""
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """Return all problems."""
        return " ".join(self.problems)


def problems_of(kind: str, content: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a policy, as sentences; nothing for a good one."""
    checks = {"escalation": _of_ladder, "objection": _of_objections, "clocks": _of_clocks, "texts": problems_of_texts}
    check = checks.get(kind)
    if check is None:
        return [_("There is no policy of the kind “%(kind)s”.") % {"kind": kind}]
    try:
        return check(content)
    except (KeyError, TypeError, ValueError, AttributeError) as missing:
        return [_("Something is missing or misspelt: %(what)s.") % {"what": missing}]


def _of_ladder(content: Mapping[str, Any]) -> list[str]:
    ranks = {level["code"]: level["rank"] for level in content["levels"]}
    found = []
    if len(ranks) != len(content["levels"]) or len(set(ranks.values())) != len(ranks) or min(ranks.values()) < 1:
        found.append(_("Each level needs a code and a rank of its own, from 1 up."))
    for number, rule in enumerate(content["rules"], 1):
        found += [_("Rule %(number)s: %(words)s") % {"number": number, "words": words} for words in _rule(rule, ranks)]
    keys = [(rule["from"], rule.get("grade", ""), rule["clock"]) for rule in content["rules"]]
    if len(set(keys)) != len(keys):
        found.append(_("Two rules speak of the same level, grade and clock; the second could never hold."))
    return found


def _rule(rule: Row, ranks: Mapping[str, int]) -> list[str]:
    start = 0 if rule["from"] == UNASSIGNED else ranks.get(rule["from"])
    end = ranks.get(rule["to"])
    checks = [
        (rule["after_hours"] > 0, _("the time must be more than zero working hours.")),
        (start is not None and end is not None, _("this level does not exist.")),
        (start is None or end is None or end > start, _("an event only rises; the target must be a higher level.")),
        (rule["clock"] in {ACCEPT, HANDLE}, _("the clock is either accepting or handling.")),
        (rule.get("grade", "") in GRADES, _("grades are A, B and C.")),
        (_is_role(rule["role"]), _("the target is a unit: city, centre, street, community, or unit:code.")),
    ]
    return [words for holds, words in checks if not holds]


def _is_role(role: str) -> bool:
    kind, _colon, code = role.partition(":")
    return role in ROLES or (kind in {"unit", "department"} and bool(code))


def _of_objections(content: Mapping[str, Any]) -> list[str]:
    checks = [
        (content["within_hours"] > 0, _("A unit needs more than zero working hours to object.")),
        (content["decide_hours"] > 0, _("The office needs more than zero working hours to decide.")),
        (content["rounds_per_office"] > 0, _("An office decides at least once.")),
        (bool(content["offices"]) and all(map(_is_role, content["offices"])), _("Name at least one office.")),
        (content["meanwhile"] in {"keeps", "pauses"}, _("Meanwhile the first unit keeps the event, or it pauses.")),
    ]
    return [words for holds, words in checks if not holds]


def _of_clocks(content: Mapping[str, Any]) -> list[str]:
    checks: list[tuple[bool, str]] = [
        (content["pause_days"] > 0, _("A pause needs a limit of at least one working day.")),
        (content["suspend_days"] > 0, _("A suspension needs a limit of at least one working day.")),
        (content["hang_up_days"] > 0, _("A review needs a date at least one day ahead.")),
        (content["remind_days"] >= 0, _("A reminder can't come after the review.")),
        (content["extensions"] >= 0, _("The number of extensions can't be negative.")),
        (content["extend_hours"] > 0, _("An extension needs more than zero working hours.")),
    ]
    return [words for holds, words in checks if not holds]
