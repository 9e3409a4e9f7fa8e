"""What the columns of one table tell about each other: whose telephone it is, and what was asked for already."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from linli.registry import api as registry
from linli.sheets.rules.layouts import Table
from linli.sheets.rules.meanings import Meaning

FOLLOWS, FOLLOWS_ALONE, OUTSIDE, ASKED_TWICE = 0.88, 0.8, 0.88, 0.58
OF_A_PERSON = frozenset(
    (
        "citizen_id",
        "sex",
        "birth_date",
        "phone",
        "ethnic",
        "employer",
        "address",
        "registered_address",
        "education",
        "political",
        "disability_kind",
        "care_ability",
        "support_mode",
        "health",
    )
)
NAMES = {"name", "head_name"}


def settled(table: Table, subject: str, found: Sequence[list[Meaning]]) -> list[list[Meaning]]:
    """Return the meanings of all columns, after each has heard its neighbours."""
    return _once(_followed(table, subject, [list(some) for some in found]))


def _followed(table: Table, subject: str, found: list[list[Meaning]]) -> list[list[Meaning]]:
    """Let what follows the name of somebody be about that person, where the row's own subject has been asked for it."""
    paths = [column.path for column in table.columns]
    own, told = _own(subject), _Told()
    for place, some in enumerate(found):
        if not some or not some[0].element:
            continue
        stem, code = some[0].element.rsplit(".", 1)
        group = paths[place][:-1]
        if code in NAMES or code == "legal_person":
            told.heard(some[0].element, group, place, is_own=stem == own)
        elif stem == own and code in OF_A_PERSON and not group:
            found[place] = told.about(some, code, place)
        told.asked.add(found[place][0].element)
    return found


@dataclass
class _Told:
    """Whose name came last, where, in which group, and what has been asked for."""

    current: str = ""
    group: tuple[str, ...] = ()
    place: int = -1
    own_group: tuple[str, ...] = ()
    has_own: bool = False
    asked: set[str] = field(default_factory=set)

    def heard(self, element: str, group: tuple[str, ...], place: int, *, is_own: bool) -> None:
        """Keep whose name was asked for."""
        self.current, self.group, self.place = _stem_of(element), group, place
        if is_own:
            self.own_group, self.has_own = group, True

    def about(self, some: list[Meaning], code: str, place: int) -> list[Meaning]:
        """Return what a plain column means after the names that came before it."""
        best = some[0]
        if best.element.rsplit(".", 1)[0] != self.current and self.current and not self.group:
            is_asked = best.element in self.asked
            follows = place == self.place + 1 and code in {"phone", "citizen_id"}
            if is_asked or follows or not self.has_own:
                return _about(some, f"{self.current}.{code}", is_asked=is_asked)
        if self.own_group:
            return [replace(best, confidence=min(best.confidence, OUTSIDE)), *some[1:]]
        return some


def _own(subject: str) -> str:
    """Return the path to the person whom an unqualified column of a list is about."""
    return {"household": "household.head", "house": "house.resident"}.get(subject, subject)


def _stem_of(element: str) -> str:
    if element.endswith("household.head_name"):
        return element.removesuffix("_name")
    return "" if element.endswith("legal_person") else element.rsplit(".", 1)[0]


def _about(some: list[Meaning], element: str, *, is_asked: bool) -> list[Meaning]:
    """Put the person named before first."""
    if not registry.kind_at(element):
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
