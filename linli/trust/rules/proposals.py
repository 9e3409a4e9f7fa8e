"""Proposes class, grade, mark and mask of a data element from its name, type and some values; an officer decides.

The patterns are data (`sample/grading_rules.csv`, a sample of the project's own after PIPL art. 28 and GB/T 43697-2024
annexes B and H); the version of the rules is the hash of that file.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from linli.kernel import api as kernel
from linli.trust.rules.grades import Grade, highest_grade
from linli.trust.rules.handling import handling

RULES = Path(__file__).resolve().parents[1] / "sample" / "grading_rules.csv"
FOUND_IN = 0.3  # the part of the sample that has to look like it
SURE, UNSURE = 95, 30
TYPES = {"citizen_id": "identity", "phone": "number"}
OPEN = Grade.GENERAL_1, Grade.GENERAL_2
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, why, and how sure that is (percent). `reasons` are the words of the rules that fit."""

    category: str
    grade: int
    sensitive: bool
    mask: str
    sealed: bool
    confidence: int
    reasons: tuple[str, ...]
    rule_version: str


@dataclass(frozen=True, slots=True)
class GradingRule:
    """One pattern, asked of the name or of the values, and what it proposes."""

    code: str
    on: str
    pattern: re.Pattern[str]
    category: str
    grade: int
    sensitive: bool
    mask: str
    weight: int
    reason: str


def propose(*, name: str, kind: str, sort: str, values: Sequence[str] = ()) -> Proposal:
    """Return what is proposed for an element of a kind of record (`person`, `house` …) and a sort of value.

    The highest grade of what fits wins; the mask is that of the surest rule of that grade. Nothing fits: step 2 for
    people, step 1 for the rest, and little confidence.
    """
    rules, version = _rules()
    fitting = [rule for rule in rules if _fits(rule, name, sort, values[:LOOKED_AT])]
    if not fitting:
        grade = int(OPEN[kind in {"person", "household", "residence"}])
        return Proposal("", grade, False, "none", handling(grade).sealed, UNSURE, (), version)
    grade = highest_grade(rule.grade for rule in fitting)
    first = max((rule for rule in fitting if rule.grade == grade), key=lambda rule: rule.weight)
    agree = len({rule.on for rule in fitting if rule.category == first.category}) > 1
    return Proposal(
        first.category, grade, any(rule.sensitive for rule in fitting), first.mask, handling(grade).sealed,
        max(first.weight, SURE) if agree else first.weight, tuple(rule.reason for rule in fitting), version,
    )  # fmt: skip


def rule_version() -> str:
    """Return which rules propose: the first digits of the hash of their file."""
    return _rules()[1]


def _fits(rule: GradingRule, name: str, sort: str, values: Sequence[str]) -> bool:
    if rule.on == "name":
        return TYPES.get(sort) == rule.code or bool(rule.pattern.search(name))
    said = [value.strip() for value in values if value.strip()]
    return bool(said) and sum(bool(rule.pattern.fullmatch(one)) for one in said) >= FOUND_IN * len(said)


@cache
def _rules() -> tuple[tuple[GradingRule, ...], str]:
    text = RULES.read_text(encoding="utf-8")
    return tuple(_read(csv.DictReader(text.splitlines()))), kernel.sm3(text.encode()).hex()[:12]


def _read(rows: Iterable[dict[str, str]]) -> Iterable[GradingRule]:
    for row in rows:
        yield GradingRule(
            row["code"], row["on"], re.compile(row["pattern"]), row["category"], int(row["grade"]),
            row["sensitive"] == "yes", row["mask"], int(row["weight"]), row["reason"],
        )  # fmt: skip
