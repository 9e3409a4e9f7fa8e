"""Whom the rows of a form are about 填报范围: a filter over area, elements and tags that anybody can read.

What the words of a title mean is data (`sample/scopes.csv`: a word, the kind of table, and conditions).
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

SAMPLE = Path(__file__).resolve().parents[1] / "sample" / "scopes.csv"
MOST = 6  # conditions
GRIDS = "网格"


@dataclass(frozen=True, slots=True)
class Scope:
    """A filter: within a division or grid, on a list, bearing a tag, and meeting every condition.

    A condition is (element, operator of the registry's tag rules, value), such as (birth_date, years_from, 60). For a
    table by area `level` says what a row is: self, street, community or grid. Rows of another source, such as events,
    are narrowed by days and by `matter`, a code of theirs. `words` (a name, a number, an address) pick single records;
    they may tell who somebody is, and are not kept.
    """

    division_id: int | None = None
    grid_id: int | None = None
    register: str = ""
    tag_id: UUID | None = None
    where: tuple[tuple[str, str, str], ...] = ()
    level: str = ""
    since: date | None = None
    until: date | None = None
    matter: str = ""
    words: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "division_id": self.division_id, "grid_id": self.grid_id, "register": self.register,
            "tag_id": str(self.tag_id) if self.tag_id else None, "where": [list(one) for one in self.where],
            "level": self.level, "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None, "matter": self.matter,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """What one word in a title means for the rows of one kind of table."""

    word: str
    kind: str
    register: str
    where: tuple[tuple[str, str, str], ...]


def scope_of(data: Mapping[str, Any]) -> Scope:
    """Return a scope that was kept."""
    tag = UUID(data["tag_id"]) if data.get("tag_id") else None
    where = tuple((str(a), str(b), str(c)) for a, b, c in data.get("where", ()))
    since, until = (date.fromisoformat(data[name]) if data.get(name) else None for name in ("since", "until"))
    return Scope(
        data.get("division_id"), data.get("grid_id"), data.get("register", ""), tag, where, data.get("level", ""),
        since, until, data.get("matter", ""),
    )  # fmt: skip


def suggested(words: Sequence[str], kind: str, division_id: int) -> Scope:
    """Return what title, notes and the like say about the rows; longer words first, each element once."""
    said, scope = " ".join(words), Scope(division_id)
    for one in sorted(_words(), key=lambda one: -len(one.word)):
        if one.kind != kind or one.word not in said:
            continue
        said = said.replace(one.word, " ")
        known = {element for element, _operator, _value in scope.where}
        new = tuple(each for each in one.where if each[0] not in known)
        scope = replace(scope, register=scope.register or one.register, where=(*scope.where, *new)[:MOST])
    return scope


@cache
def _words() -> tuple[Word, ...]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return tuple(_word(row) for row in csv.DictReader(file))


def _word(row: Mapping[str, str]) -> Word:
    parts = [one.split(" ", 2) for one in row["where"].split(";") if one.strip()]
    where = tuple((element, operator, rest[0] if rest else "") for element, operator, *rest in parts)
    return Word(row["word"], row["kind"], row["register"], where)


def speaks_of_grids(words: str) -> bool:
    """Tell whether a form speaks of grids."""
    return GRIDS in words
