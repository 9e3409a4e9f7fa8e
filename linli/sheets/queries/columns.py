"""The columns of a form as an officer confirms them: what is proposed, how sure, why, and what else it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from linli.registry import api as registry
from linli.sheets.models import Column, Form, Part
from linli.sheets.queries.meanings import dictionary
from linli.sheets.queries.reading import BY_AREA
from linli.sheets.queries.sources import ROOTS, source_elements
from linli.sheets.rules.amounts import amount, differs
from linli.sheets.rules.binding import LIKELY, SURE
from linli.sheets.rules.conversions import words_of_flag
from linli.sheets.rules.labels import taken_apart
from linli.sheets.rules.lexicon import counts
from linli.sheets.rules.transforms import Transform, made, transform_of
from linli.sheets.rules.wording import (
    BY_ITSELF,
    path_words,
    paths_for,
    reason_words,
    transform_words,
    usual_transform,
)

BY_HAND, AREA = ("blank", "row_number"), "area.name"
OTHERS = frozenset({BY_AREA, *ROOTS})


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column: its header, what it asks for in words, how it is written, how sure that is, why, what else."""

    id: UUID
    label: str
    cell: str
    said: str
    written: str
    sureness: str
    why: str
    others: tuple[str, ...]
    is_confirmed: bool
    problem: str = ""
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class PartLines:
    """The columns of one part, and everything that they may ask for, in words."""

    part: Part
    lines: list[ColumnLine]
    choices: list[str]

    @property
    def is_open(self) -> bool:
        """Whether some column still waits for what it asks for."""
        return any(not line.said for line in self.lines)


def parts_of(form: Form, said: Mapping[UUID, str] | None = None) -> list[PartLines]:
    """Return the parts of a form with their columns. What somebody has just typed, by column, stays as it is."""
    found = []
    for part in form.parts.order_by("place").prefetch_related("columns"):
        words = offered(part)
        lines = [_line(one, words, said or {}) for one in sorted(part.columns.all(), key=lambda one: one.index)]
        found.append(PartLines(part, lines, list(words.values())))
    return found


def offered(part: Part) -> dict[str, str]:
    """Return everything that a column of this part may ask for, as {path, or kind of conversion: words}."""
    if part.kind in OTHERS:
        return _offered_others(part.kind)
    labels = {(one.kind, one.code): one.label for one in dictionary()}
    by_hand = {kind: str(BY_ITSELF[kind]) for kind in BY_HAND}
    paths = paths_for(part.kind, dictionary())
    ends = {path: (registry.kind_at(path), path.rpartition(".")[2]) for path in paths}
    return by_hand | {path: path_words(path, labels[end]) for path, end in ends.items()}


def meant(column: Column, words: str) -> tuple[str, Transform] | None:
    """Return the element and conversion that an officer means by words; None where nothing is called so.

    What was proposed, or proposed beside it, keeps its conversion.
    """
    clean = words.strip()
    for one in ({"element": column.element, "transform": column.transform}, *column.alternatives):
        if clean == said_of(one["element"], transform_of(one["transform"])):
            return one["element"], transform_of(one["transform"])
    for code, label in offered(column.part).items():
        if clean == label:
            if code in _counts():
                return "", _counts()[code]
            if code == AREA:
                return code, made("area", level="")
            if one := source_elements(column.part.kind).get(code):
                return code, made("date", layout="%Y-%m-%d") if one.type == "date" else made("text")
            known = _element(code)
            return (code, written_by_hand(column, known)) if known else ("", made(code))
    return None


def written_by_hand(column: Column, element: registry.ElementInfo) -> Transform:
    """Return how an element that was picked by hand is written in this column: yes and no in the issuer's words.

    An amount that is kept for another time than the column names is converted.
    """
    usual = usual_transform(element)
    if usual.kind == "flag":
        yes, no = words_of_flag(column.path, column.choices)
        return made("flag", yes=yes, no=no)
    unit = taken_apart(column.path[-1]).unit
    is_money = unit in {"yuan", "ten_thousand"} or differs(column.path, element.label)
    return amount(column.path, "", unit or "yuan", element.label) if element.type == "number" and is_money else usual


def said_of(element: str, transform: Transform) -> str:
    """Return what a column asks for, in words: the element, or what goes without one."""
    if one := next((all_of[element] for kind in ROOTS if element in (all_of := source_elements(kind))), None):
        return str(one.label)
    known = _element(element)
    return path_words(element, known.label) if known else transform_words(transform)


def _offered_others(kind: str) -> dict[str, str]:
    """Return what a column of a table by area, or of another source of rows, may ask for."""
    by_hand = {code: str(BY_ITSELF[code]) for code in BY_HAND}
    if kind == BY_AREA:
        counts = {code: transform_words(transform) for code, transform in _counts().items()}
        return by_hand | {AREA: str(BY_ITSELF["area"])} | counts
    return by_hand | {path: str(one.label) for path, one in source_elements(kind).items()}


def _counts() -> dict[str, Transform]:
    """Return what forms usually count, by a code made of its conditions; each once."""
    found = {}
    for one in counts().values():
        where = [[one.element, one.operator, one.value]] if one.element else []
        found[f"count:{one.of}:{where}"] = made("count", of=one.of, where=where, by="area_code")
    return found


def _line(column: Column, words: Mapping[str, str], typed: Mapping[UUID, str]) -> ColumnLine:
    transform = transform_of(column.transform)
    said = said_of(column.element, transform)
    shown = said if column.confirmed_at or column.confidence >= LIKELY else ""
    others = [said_of(one["element"], transform_of(one["transform"])) for one in column.alternatives]
    now = typed.get(column.pk, shown)
    return ColumnLine(
        id=column.pk, label=column.label, cell=column.cell, said=now,
        written=transform_words(transform) if column.element else "", sureness=_sureness(column),
        why=reason_words(column.reason), others=tuple(dict.fromkeys(one for one in others if one and one != now)),
        is_confirmed=column.confirmed_at is not None,
        problem="" if not now or now in words.values() or now in (said, *others) else _("Nothing is called so."),
        is_counted=column.part.kind == BY_AREA and not column.element,
    )  # fmt: skip


def _sureness(column: Column) -> str:
    if column.confirmed_at:
        return "confirmed"
    if column.confidence >= SURE:
        return "sure"
    return "likely" if column.confidence >= LIKELY else "open"


def _element(path: str) -> registry.ElementInfo | None:
    return registry.elements_of(registry.kind_at(path)).get(path.rpartition(".")[2]) if "." in path else None
