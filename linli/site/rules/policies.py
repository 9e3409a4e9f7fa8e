"""Policies for people: each number or text of a policy with what it says, and a policy with some numbers changed."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from linli.events import api as events

TEXTS = "texts"


@dataclass(frozen=True)
class PolicyNumber:
    """One number of a policy. `path` leads to it: `pause_days` or `rules.3.after_hours`."""

    path: str
    label: str
    value: float


@dataclass(frozen=True)
class PolicyText:
    """The text of one kind of message. `path` is the kind."""

    path: str
    label: str
    value: str


def lines_of(kind: str, content: Mapping[str, Any]) -> list[PolicyNumber] | list[PolicyText]:
    """Return what an officer may change in a policy: its numbers, or the texts of messages."""
    if kind == TEXTS:
        return [
            PolicyText(code, label, content[code]) for code, label in events.text_labels().items() if code in content
        ]
    return list(numbers_of(kind, content))


def numbers_of(kind: str, content: Mapping[str, Any]) -> Iterator[PolicyNumber]:
    """Yield the numbers that an officer may change, in the order in which they stand."""
    if kind == "escalation":
        yield from _of_ladder(content)
        return
    labels = _labels()
    for key, value in content.items():
        if key in labels:
            yield PolicyNumber(key, labels[key], value)


def with_numbers(content: Mapping[str, Any], numbers: Mapping[str, float]) -> dict[str, Any]:
    """Return the policy with these numbers at their paths."""
    changed: dict[str, Any] = deepcopy(dict(content))
    for path, value in numbers.items():
        *way, last = path.split(".")
        place: Any = changed
        for step in way:
            place = place[int(step)] if step.isdecimal() else place[step]
        place[last] = int(value) if float(value).is_integer() else value
    return changed


def _of_ladder(content: Mapping[str, Any]) -> Iterator[PolicyNumber]:
    names = {level["code"]: level["name"] for level in content["levels"]}
    clocks = {"accept": _("not accepted in time"), "handle": _("not handled in time")}
    for number, rule in enumerate(content["rules"]):
        said = {
            "from": names.get(rule["from"], _("not assigned")),
            "to": names[rule["to"]],
            "clock": clocks[rule["clock"]],
        }
        label = _("%(from)s → %(to)s, %(clock)s") % said
        if rule.get("grade"):
            label = _("%(label)s, grade %(grade)s") % {"label": label, "grade": rule["grade"]}
        yield PolicyNumber(f"rules.{number}.after_hours", label, rule["after_hours"])


def _labels() -> dict[str, str]:
    return {
        "within_hours": _("Working hours in which a unit may object"),
        "decide_hours": _("Working hours in which the office decides"),
        "rounds_per_office": _("Objections one office decides before the next one does"),
        "pause_days": _("Working days a pause may last"),
        "suspend_days": _("Working days a suspension may last"),
        "extensions": _("Extensions of one event"),
        "extend_hours": _("Working hours one extension may give"),
        "hang_up_days": _("Days until a hung-up event is reviewed"),
        "remind_days": _("Days before the review at which the unit is reminded"),
    }
