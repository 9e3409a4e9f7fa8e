"""What the columns of one table tell about each other: whose telephone it is, and what was asked for already."""

from collections.abc import Sequence
from dataclasses import replace

from linli.sheets.rules.hops import kind_at
from linli.sheets.rules.layouts import Table
from linli.sheets.rules.meanings import Meaning

FOLLOWS, FOLLOWS_ALONE, ASKED_TWICE = 0.88, 0.8, 0.58
OF_A_PERSON = frozenset(
    "citizen_id sex birth_date phone age ethnic employer address registered_address education political".split()
)
NAMES = {"name", "head_name"}


def settled(table: Table, subject: str, found: Sequence[list[Meaning]]) -> list[list[Meaning]]:
    """Return the meanings of all columns, after each has heard its neighbours."""
    return _once(_followed(table, subject, [list(some) for some in found]))


def _followed(table: Table, subject: str, found: list[list[Meaning]]) -> list[list[Meaning]]:
    """Let what follows the name of somebody be about that person, where the row's own subject has been asked for it."""
    current, around, asked = "", (), set()  # whose name came last, in which group, and what has been asked for
    for place, some in enumerate(found):
        if not some or not some[0].element:
            continue
        best = some[0]
        stem, code = best.element.rsplit(".", 1)
        group = table.columns[place].path[:-1]
        if code in NAMES or best.element in {"household.head_name", "organisation.legal_person"}:
            current, around = _stem_of(best.element), group
            asked.add(best.element)
            continue
        if current and current != stem and stem == _own(subject) and code in OF_A_PERSON and not group and not around:
            found[place] = _about(some, f"{current}.{code}", is_asked=best.element in asked)
        asked.add(found[place][0].element)
    return found


def _own(subject: str) -> str:
    """Return the path to the person whom an unqualified column of a list is about."""
    return {"household": "household.head", "house": "house.resident"}.get(subject, subject)


def _stem_of(element: str) -> str:
    if element.endswith("household.head_name"):
        return element.removesuffix("_name")
    return "" if element.endswith("legal_person") else element.rsplit(".", 1)[0]


def _about(some: list[Meaning], element: str, *, is_asked: bool) -> list[Meaning]:
    """Put the person named before first."""
    if not kind_at(element):
        return some
    best = some[0]
    confidence = min(best.confidence, FOLLOWS if is_asked else FOLLOWS_ALONE)
    if element.startswith("house."):
        confidence = min(best.confidence, 0.93)
    return [
        replace(best, element=element, confidence=confidence),
        replace(best, confidence=confidence - 0.1),
        *some[1:],
    ]


def _once(found: list[list[Meaning]]) -> list[list[Meaning]]:
    """Doubt the second column that asks for the same in the same words' meaning."""
    seen: dict[tuple[str, str], int] = {}
    for place, some in enumerate(found):
        if not some or not some[0].element:
            continue
        key = (some[0].element, some[0].transform)
        if key not in seen:
            seen[key] = place
            continue
        weaker = place if found[seen[key]][0].confidence >= some[0].confidence else seen[key]
        best = found[weaker][0]
        rest = [one for one in found[weaker][1:] if (one.element, one.transform) not in seen]
        if rest and rest[0].confidence > ASKED_TWICE:
            found[weaker] = [replace(rest[0], confidence=min(rest[0].confidence, FOLLOWS_ALONE)), *rest[1:]]
        else:
            found[weaker] = [replace(best, confidence=min(best.confidence, ASKED_TWICE)), *found[weaker][1:]]
        seen[key] = place if weaker == seen[key] else seen[key]
    return found


__all__ = ["settled"]
