"""What a version of the standards must hold before it may be in force; each problem is data with a sentence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

DEEPEST = 5
LIMITS = ("accept_hours", "contact_hours", "check_hours", "handle_limit")
UNITS = ("work_hour", "work_day", "calendar_day")


@dataclass(frozen=True)
class Problem:
    """Something wrong with a part of a version. `subject`: `matter:<code>`, `area:<code>:<division>`, `rule:<name>`."""

    subject: str
    kind: str
    data: Mapping[str, Any]

    def __str__(self) -> str:
        """Return the sentence in the reader's language."""
        return problem_sentence({"kind": self.kind, **self.data})

    @property
    def stored(self) -> dict[str, Any]:
        """The problem as it is kept."""
        return {"kind": self.kind, **self.data}


def matter_problems(item: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with one matter by itself: names, class path, limits, stages."""
    subject, path = f"matter:{item['code']}", list(item["class_path"])
    about = {"matter": item["name"] or item["code"]}
    if not item["name"]:
        yield Problem(subject, "no_name", about)
    if not path or len(path) > DEEPEST:
        yield Problem(subject, "class_depth", {**about, "deepest": DEEPEST})
    if len(set(path)) < len(path):
        yield Problem(subject, "class_in_itself", {**about, "path": " > ".join(path)})
    for limit in LIMITS:
        if not item.get(limit, 1):
            yield Problem(subject, "limit_zero", {**about, "limit": limit})
    if item.get("handle_unit", UNITS[0]) not in UNITS:
        yield Problem(subject, "limit_unit", about)
    yield from _stage_problems(subject, about, item)


def tree_problems(items: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield the matters whose class path runs against another one, so that a class would lie in itself."""
    below: dict[str, set[str]] = defaultdict(set)
    for item in items:
        path = list(item["class_path"])
        for upper, lower in pairwise(path):
            if lower != upper and _reaches(below, lower, upper):
                data = {"matter": item["name"], "upper": upper, "lower": lower}
                yield Problem(f"matter:{item['code']}", "class_cycle", data)
            else:
                below[upper].add(lower)


def problem_sentence(problem: Mapping[str, Any]) -> str:
    """Return a problem as a sentence in the reader's language."""
    kind = str(problem["kind"])
    words = _of_matters().get(kind) or _of_units().get(kind) or _of_rules().get(kind) or kind
    said = dict(problem)
    if "limit" in said:
        said["limit"] = limit_names().get(said["limit"], said["limit"])
    return words % said


def limit_names() -> dict[str, str]:
    """Return what each limit is called."""
    return {
        "accept_hours": _("limit to accept"),
        "contact_hours": _("limit for the first contact"),
        "check_hours": _("limit to check"),
        "handle_limit": _("limit to handle"),
    }


def _of_matters() -> dict[str, str]:
    return {
        "no_name": _("A matter has no name; write what it is called."),
        "class_depth": _("“%(matter)s” needs one to %(deepest)s classes."),
        "class_in_itself": _("“%(matter)s”: a class lies in itself in %(path)s; rename one of them."),
        "class_cycle": _("“%(matter)s”: %(lower)s lies in %(upper)s here and above it elsewhere; rename one."),
        "limit_zero": _("“%(matter)s”: the %(limit)s is zero; give it at least one hour or day."),
        "limit_unit": _("“%(matter)s”: the limit needs working hours, working days or days."),
        "stage_zero": _("“%(matter)s”: the stage “%(stage)s” has no time; give it at least one hour or day."),
        "stage_order": _("“%(matter)s”: the stage “%(stage)s” ends before the one it follows."),
        "stage_last": _("“%(matter)s”: the last stage must end with the limit to handle."),
        "code_twice": _("The code %(code)s stands there twice."),
    }


def _of_units() -> dict[str, str]:
    return {
        "unknown_unit": _("“%(matter)s”: there is no open unit for “%(role)s”; open it or name another."),
        "kept_above": _("“%(matter)s” is reserved to the departments; “%(role)s” can't lead it."),
        "needs_department": _("“%(matter)s” is a supporting duty; a department must lead it, not “%(role)s”."),
        "unknown_area": _("“%(matter)s”: the area of an exception is gone; choose another."),
        "rise_nowhere": _(
            "Overdue events should rise to the level “%(to)s”, and no unit is there to take them: open one, or change"
            " the way up. Until then they stay where they are."
        ),
        "unknown_matter": _("An area exception names the matter %(code)s, which is not in the list."),
    }


def _of_rules() -> dict[str, str]:
    return {
        "rule_unit": _("Rule “%(rule)s”: there is no open unit for “%(role)s”; open it or name another."),
        "rule_area": _("Rule “%(rule)s” names an area that is gone; choose another."),
        "rule_matter": _("Rule “%(rule)s” names the matter %(code)s, which is not in the list."),
        "rule_never": _("Rule “%(rule)s” can never fire: no matter has all that it asks for."),
        "rule_hidden": _("Rule “%(rule)s” can never fire: “%(other)s” stands before it and takes all of it."),
        "rule_hours": _("Rule “%(rule)s”: the hours must lie between 0 and 24 and differ."),
        "rule_empty": _("Rule “%(rule)s” asks for nothing, so it would take every event; give it a condition."),
        "rule_above": _("Rule “%(rule)s” contradicts the duty list: “%(matter)s” is reserved to the departments."),
        "rule_department": _("Rule “%(rule)s” contradicts the duty list: a department must lead “%(matter)s”."),
    }


def _stage_problems(subject: str, about: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[Problem]:
    stages: Sequence[Mapping[str, Any]] = item.get("stages") or ()
    for stage in stages:
        if not stage["limit"] or stage["unit"] not in UNITS:
            yield Problem(subject, "stage_zero", {**about, "stage": stage["name"]})
    for one, after in pairwise(stages):
        if one["unit"] == after["unit"] and one["limit"] > after["limit"]:
            yield Problem(subject, "stage_order", {**about, "stage": after["name"]})
    if stages and (stages[-1]["limit"], stages[-1]["unit"]) != (item["handle_limit"], item["handle_unit"]):
        yield Problem(subject, "stage_last", about)


def _reaches(below: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen, waiting = set(), [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            waiting += below.get(here, ())
    return False
