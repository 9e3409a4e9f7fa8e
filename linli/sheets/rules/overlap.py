"""How far a form asks for what is known or asked already 重复比对, and what to do instead: query, merge, shrink."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from linli.sheets.rules.designs import DesignColumn
from linli.sheets.rules.issuing import IssuingRules

Advice = Literal["query", "merge", "shrink", "admit"]
Standing = Literal["held", "partly", "gap", "itself"]
HUNDRED, EMPTY = 100, 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """What the base has of an element: its official name, who answers for it, the share of records that have a value.

    `share` runs from 0 to 1. `identifies`: a row cannot be told from another without it.
    """

    label: str
    owner: str
    share: float
    identifies: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One column of the form: who has it, and how much of it. `itself`: it asks nobody for anything."""

    column: DesignColumn
    standing: Standing
    label: str = ""
    owner: str = ""
    share: float = EMPTY
    identifies: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """A form that is on the list already."""

    number: str
    title: str
    office: str
    columns: tuple[DesignColumn, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """A form on the list that asks for some of the same. `share` is the share of equal columns, from 0 to 1.

    `pairs` are (header here, header there) of the same element under another name; `same` how many columns are equal.
    """

    other: Other
    share: float
    same: int
    is_version: bool
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """The whole report. `share` is what the base holds of all that the form asks for, from 0 to 1.

    `advice` is proposed and decided by an officer; `keep` are the columns that would be left after shrinking, `merge`
    the form to merge with.
    """

    lines: tuple[Line, ...]
    share: float
    similar: tuple[Similar, ...]
    advice: Advice
    keep: tuple[DesignColumn, ...] = ()
    merge: Other | None = None

    @property
    def asked(self) -> int:
        """How many columns ask for something."""
        return sum(line.standing != "itself" for line in self.lines)

    @property
    def held(self) -> int:
        """How many of them the base holds."""
        return sum(line.standing == "held" for line in self.lines)

    @property
    def gaps(self) -> int:
        """How many of them nobody has yet."""
        return sum(line.standing == "gap" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form that somebody wants to issue."""

    title: str
    columns: tuple[DesignColumn, ...]
    number: str = ""
    others: tuple[Other, ...] = field(default=())


def overlap(wanted: Wanted, base: Mapping[str, Held], rules: IssuingRules) -> Overlap:
    """Return the report on a form. `base` tells of each element path what is held, `wanted.others` are on the list."""
    lines = tuple(_line(one, base, rules) for one in wanted.columns)
    asked = [line for line in lines if line.standing != "itself"]
    share = sum(line.share for line in asked) / len(asked) if asked else EMPTY
    similar = tuple(_similar(wanted, rules))
    keep = tuple(line.column for line in lines if line.standing not in {"held", "itself"} or line.identifies)
    advice = _advice(lines, share, similar, rules)
    return Overlap(
        lines=lines, share=share, similar=similar, advice=advice, keep=keep if advice == "shrink" else (),
        merge=similar[0].other if advice == "merge" else None,
    )  # fmt: skip


def alike(some: Iterable[DesignColumn], others: Iterable[DesignColumn]) -> float:
    """Return the share of equal columns of two forms, from 0 to 1 (Jaccard): equal are those of the same meaning."""
    here, there = meanings(some), meanings(others)
    return len(here & there) / len(here | there) if here or there else EMPTY


def meanings(columns: Iterable[DesignColumn]) -> set[str]:
    """Return what columns ask for: their elements, and where there is none their names written plainly."""
    return {one.element or plain(one.path[-1]) for one in columns if not one.is_by_itself}


def plain(text: str) -> str:
    """Return a name without what layouts add to it: spaces, brackets, colons, years."""
    return "".join(letter for letter in text.casefold() if letter.isalnum() and not letter.isdecimal())


def _line(column: DesignColumn, base: Mapping[str, Held], rules: IssuingRules) -> Line:
    if column.is_by_itself:
        return Line(column, "itself")
    if column.is_counted:
        return Line(column, "held", share=1.0)
    held = base.get(column.element)
    if held is None or not held.share:
        return Line(column, "gap", held.label if held else "", held.owner if held else "")
    standing: Standing = "held" if held.share * HUNDRED >= rules.answer_share else "partly"
    return Line(column, standing, held.label, held.owner, held.share, held.identifies)


def _similar(wanted: Wanted, rules: IssuingRules) -> list[Similar]:
    found = []
    for other in wanted.others:
        if other.number == wanted.number and wanted.number:
            continue
        share = alike(wanted.columns, other.columns)
        is_version = bool(plain(wanted.title)) and plain(wanted.title) == plain(other.title)
        if share * HUNDRED >= rules.similar_share or (is_version and share):
            same = len(meanings(wanted.columns) & meanings(other.columns))
            found.append(Similar(other, share, same, is_version, _pairs(wanted.columns, other.columns)))
    return sorted(found, key=lambda one: (-one.share, one.other.number))


def _pairs(some: Sequence[DesignColumn], others: Sequence[DesignColumn]) -> tuple[tuple[str, str], ...]:
    there = {one.element: one.header for one in others if one.element}
    return tuple(
        (one.header, there[one.element])
        for one in some
        if one.element in there and plain(one.path[-1]) != plain(there[one.element].rpartition(" / ")[2])
    )


def _advice(lines: Sequence[Line], share: float, similar: Sequence[Similar], rules: IssuingRules) -> Advice:
    asked = [line for line in lines if line.standing != "itself"]
    if asked and not any(line.standing == "gap" for line in asked) and share * HUNDRED >= rules.answer_share:
        return "query"
    if similar and similar[0].share * HUNDRED >= rules.merge_share:
        return "merge"
    if any(line.standing == "held" and not line.identifies for line in asked):
        return "shrink"
    return "admit"


__all__ = ["Advice", "Held", "Line", "Other", "Overlap", "Similar", "Wanted", "alike", "meanings", "overlap", "plain"]
