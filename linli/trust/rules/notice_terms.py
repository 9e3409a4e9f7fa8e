"""Who must be told of an incident by when 事件报告时限, as data with versions: what ships is a sample to be checked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from linli.trust.rules.refusals import TrustRefusedError

SHIPPED = Path(__file__).resolve().parents[1] / "sample/notice_terms.json"
KNOWN, CONTAINED = "known", "contained"
MOST_MINUTES, LONGEST = 525_600, 200
PARTS = ("categories", "grades", "operators", "duties")


class TermsRefusedError(TrustRefusedError):
    """Terms that can't be taken; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides who must be told: the grade, the kind of operator, whether people or the public are harmed."""

    category: str
    grade: int
    operator: str
    about_people: bool
    public_harm: bool
    known_at: datetime
    contained_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoticeTerm:
    """One duty 报告义务: who must be told what, on which basis, so many minutes after it was known or contained.

    Each condition that is given must hold; `is_sample` says that nobody compared it with the official text.
    """

    code: str
    to: str
    what: str
    basis: str
    minutes: int
    begins: str = KNOWN
    is_sample: bool = True
    conditions: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, one: Circumstances) -> bool:
        """Tell whether somebody must be told in these circumstances."""
        given = self.conditions
        return all(
            (
                one.grade in given.get("grades", (one.grade,)),
                one.category in given.get("categories", (one.category,)),
                one.operator in given.get("operators", (one.operator,)),
                one.about_people or not given.get("about_people", False),
                one.public_harm or not given.get("public_harm", False),
            )
        )

    def clock(self, one: Circumstances) -> tuple[datetime, datetime] | None:
        """Return when the clock begins and ends; None while it has not begun."""
        start = one.known_at if self.begins == KNOWN else one.contained_at
        return None if start is None else (start, start + timedelta(minutes=self.minutes))


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """All terms: names of categories, grades (1 is the gravest) and operators by code, and the duties."""

    categories: Mapping[str, str]
    grades: Mapping[int, str]
    operators: Mapping[str, str]
    duties: Sequence[NoticeTerm]

    def due(self, one: Circumstances) -> list[tuple[NoticeTerm, datetime, datetime]]:
        """Return who must be told in these circumstances, from when and by when, the soonest first."""
        found = [(term, *clock) for term in self.duties if term.holds(one) and (clock := term.clock(one))]
        return sorted(found, key=lambda each: (each[2], each[0].code))


@cache
def shipped_terms() -> NoticeTerms:
    """Return the terms that ship with Linli: a sample."""
    content = json.loads(SHIPPED.read_text("utf-8"))
    return terms_from({name: content[name] for name in PARTS})


def terms_from(content: Any) -> NoticeTerms:
    """Return checked terms. Raises TermsRefusedError."""
    if not isinstance(content, Mapping) or set(content) != set(PARTS):
        raise TermsRefusedError(_("The terms of notices have four parts: %(names)s.") % {"names": ", ".join(PARTS)})
    for name in PARTS[:3]:
        _check_names(name, content[name])
    grades = {int(key): str(value) for key, value in content["grades"].items()}
    if not isinstance(content["duties"], list):
        raise TermsRefusedError(_("The duties are a list."))
    duties = [_term(one) for one in content["duties"]]
    if len({one.code for one in duties}) != len(duties):
        raise TermsRefusedError(_("Two duties have the same code."))
    return NoticeTerms(dict(content["categories"]), grades, dict(content["operators"]), duties)


def as_terms_content(terms: NoticeTerms) -> dict[str, Any]:
    """Return terms as plain data."""
    duties = []
    for one in terms.duties:
        said = asdict(one)
        conditions = said.pop("conditions")
        duties.append({**said, "if": dict(conditions)})
    return {
        "categories": dict(terms.categories), "grades": {str(key): value for key, value in terms.grades.items()},
        "operators": dict(terms.operators), "duties": duties,
    }  # fmt: skip


def _check_names(part: str, given: Any) -> None:
    if not isinstance(given, Mapping) or not given or not all(isinstance(value, str) for value in given.values()):
        raise TermsRefusedError(_("“%(part)s” names each code in words.") % {"part": part})
    if part == "grades" and not all(str(key).isdigit() for key in given):
        raise TermsRefusedError(_("Grades are numbers; 1 is the gravest."))


def _term(given: Any) -> NoticeTerm:
    if not isinstance(given, Mapping) or not {"code", "to", "what", "basis", "minutes"} <= set(given):
        raise TermsRefusedError(_("A duty needs code, to, what, basis and minutes."))
    said = dict(given)
    conditions = said.pop("if", {})
    if set(said) - {"code", "to", "what", "basis", "minutes", "begins", "is_sample"} or not _fits(said, conditions):
        raise TermsRefusedError(_("The duty “%(code)s” can't be read.") % {"code": str(said["code"])[:LONGEST]})
    return NoticeTerm(**said, conditions=dict(conditions))


def _fits(said: Mapping[str, Any], conditions: Any) -> bool:
    texts = all(isinstance(said[name], str) and 0 < len(said[name]) <= LONGEST for name in ("to", "what", "basis"))
    minutes = said["minutes"]
    known = {"grades", "categories", "operators", "about_people", "public_harm"}
    return (
        texts
        and isinstance(said["code"], str)
        and 0 < len(said["code"]) <= 40  # noqa: PLR2004  the column
        and isinstance(minutes, int)
        and not isinstance(minutes, bool)
        and 0 < minutes <= MOST_MINUTES
        and said.get("begins", KNOWN) in {KNOWN, CONTAINED}
        and isinstance(said.get("is_sample", True), bool)
        and isinstance(conditions, Mapping)
        and set(conditions) <= known
    )
