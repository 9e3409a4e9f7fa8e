"""Which column means which data element 字段映射: proposed by names, known other names and values; confirmed once."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from linli.exchange.rules.conversions import CONVERSIONS, OF_TYPE, converter
from linli.exchange.rules.refusals import MappingRefusedError

OTHER_NAMES = Path(__file__).resolve().parents[1] / "sample" / "column_names.csv"
NAMED, LIKE, BY_VALUES = 1.0, 0.7, 0.5
ENOUGH = 0.8  # share of values that must look like the element
MOSTLY_BAD, FEWEST = 0.5, 20
LONGEST_KEY = 80
_NOISE = re.compile(r"[\s_()（）【】\[\]:：*#\-]|\(.*?\)|（.*?）")
_SHAPES = {
    "citizen_id": re.compile(r"\d{15}|\d{17}[\dX]"),
    "phone": re.compile(r"1[3-9]\d{9}"),
    "credit_code": re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}"),
    "area": re.compile(r"\d{12}(?:\d{3}(?:\d{2})?)?"),
    "date": re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}"),
}


class ElementLike(Protocol):
    """What the mapping needs to know of a data element."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def label(self) -> str:
        """Its official name."""

    @property
    def type(self) -> str:
        """What its values are."""

    @property
    def identifies(self) -> bool:
        """Whether it says who somebody is."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """One column, the element it means, and how its cells are converted."""

    column: str
    element: str
    conversion: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed line of a mapping: `confidence` from 0 to 1, and why in words."""

    column: str
    element: str
    conversion: str
    confidence: float
    why: str


def proposals(
    header: Sequence[str], sample: Sequence[Sequence[str]], elements: Mapping[str, ElementLike], kind: str
) -> list[Proposal]:
    """Return the best element for each column that seems to mean one; each element once, the surest first."""
    names = _names(elements, kind)
    found = [
        one for place, column in enumerate(header)
        for one in _of_column(column, [row[place] for row in sample if row[place].strip()], elements, names)
    ]  # fmt: skip
    taken: dict[str, Proposal] = {}
    used: set[str] = set()
    for one in sorted(found, key=lambda one: (-one.confidence, header.index(one.column))):
        if one.column not in taken and one.element not in used:
            taken[one.column] = one
            used.add(one.element)
    return [taken[column] for column in header if column in taken]


def check_mapping(
    mapping: Sequence[Mapped], keys: Sequence[str], header: Sequence[str], elements: Mapping[str, ElementLike]
) -> None:
    """Raise MappingRefusedError where a mapping does not fit the columns and the dictionary."""
    if not mapping:
        raise MappingRefusedError(_("Choose at least one column."))
    for one in mapping:
        if one.element not in elements or one.conversion not in CONVERSIONS:
            raise MappingRefusedError(_("There is no data element %(code)s.") % {"code": one.element})
    chosen = [one.element for one in mapping]
    if twice := next((code for code in chosen if chosen.count(code) > 1), ""):
        raise MappingRefusedError(_("%(name)s is chosen twice.") % {"name": elements[twice].label})
    if unknown := next((name for name in keys if name not in header), ""):
        raise MappingRefusedError(_("There is no column %(name)s.") % {"name": unknown})
    if not keys and not any(elements[code].identifies for code in chosen):
        raise MappingRefusedError(
            _("Say which columns name a row at the source, or map a number that identifies somebody.")
        )


def changed_columns(
    header: Sequence[str], mapping: Sequence[Mapped], keys: Sequence[str], observed: str, labels: Mapping[str, str]
) -> list[str]:
    """Return a sentence for each column that the mapping needs and the table lacks; none where it fits."""
    told = []
    for one in (line for line in mapping if line.column not in header):
        words = {"column": one.column, "element": labels.get(one.element, one.element)}
        told.append(_("The column “%(column)s” (%(element)s) is missing.") % words)
    mapped = {one.column for one in mapping}
    others = sorted({*keys, observed} - {"", *header, *mapped})
    return told + [_("The column “%(column)s” is missing.") % {"column": name} for name in others]


def shifted_columns(tried: Mapping[str, tuple[int, int]], before: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return a sentence for each column whose values no longer look like its element.

    `tried` counts (filled, bad) in the first rows, `before` what the last good run counted for each column.
    """
    told = []
    for column, (filled, bad) in tried.items():
        once = before.get(column, {})
        was_good = not once or once.get("bad", 0) <= MOSTLY_BAD / 2 * max(1, once.get("filled", 0))
        if filled >= FEWEST and bad > MOSTLY_BAD * filled and was_good:
            words = {"column": column, "bad": bad, "filled": filled}
            told.append(
                _("%(bad)d of the first %(filled)d values of “%(column)s” do not fit; has its meaning changed?") % words
            )
    return told


def source_key(parts: Sequence[str]) -> str:
    """Return the key that these cells make; empty where one of them is missing."""
    stripped = [part.strip() for part in parts]
    key = "/".join(stripped) if stripped and all(stripped) else ""
    return key if len(key) <= LONGEST_KEY else sha256(key.encode()).hexdigest()


def as_data(mapping: Iterable[Mapped]) -> list[dict[str, str]]:
    """Return a mapping as it is kept."""
    return [asdict(one) for one in mapping]


def from_data(data: Iterable[Mapping[str, Any]]) -> list[Mapped]:
    """Return a mapping that was kept."""
    return [Mapped(one["column"], one["element"], one["conversion"]) for one in data]


def known_names(elements: Mapping[str, ElementLike], kind: str) -> set[str]:
    """Return the names under which columns of this kind are usual."""
    return {element.label for element in elements.values()} | {name for _code, name in _other_names(kind)}


def _names(elements: Mapping[str, ElementLike], kind: str) -> dict[str, str]:
    names = {_bare(name): code for code, name in _other_names(kind) if code in elements}
    names |= {code: code for code in elements}
    return names | {_bare(element.label): code for code, element in elements.items()}


def _other_names(kind: str) -> list[tuple[str, str]]:
    with OTHER_NAMES.open(encoding="utf-8", newline="") as file:
        return [(row["element"], row["name"]) for row in csv.DictReader(file) if row["kind"] in {kind, "*"}]


def _of_column(
    column: str, values: Sequence[str], elements: Mapping[str, ElementLike], names: Mapping[str, str]
) -> Iterable[Proposal]:
    bare = _bare(column)
    if code := names.get(bare) or names.get(column.lower()):
        yield _proposal(column, elements[code], NAMED, _("by its name"))
        return
    for name, code in names.items():
        if len(name) > 1 and len(bare) > 1 and (name in bare or bare in name):
            share = min(len(name), len(bare)) / max(len(name), len(bare))
            yield _proposal(column, elements[code], LIKE * share, _("its name is like “%(name)s”") % {"name": name})
    for element in elements.values():
        if (shape := _SHAPES.get(element.type)) and values:
            convert = converter(OF_TYPE[element.type])
            share = sum(bool(shape.fullmatch(convert(value))) for value in values) / len(values)
            if share >= ENOUGH:
                yield _proposal(column, element, BY_VALUES * share, _("its values look like it"))


def _proposal(column: str, element: ElementLike, confidence: float, why: str) -> Proposal:
    return Proposal(column, element.code, OF_TYPE[element.type], round(confidence, 3), why)


def _bare(name: str) -> str:
    return _NOISE.sub("", name).lower()


__all__ = ["Mapped", "Proposal", "as_data", "changed_columns", "check_mapping", "from_data", "known_names",
           "proposals", "shifted_columns"]  # fmt: skip
