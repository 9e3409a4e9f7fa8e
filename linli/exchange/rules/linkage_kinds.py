"""What is compared of each kind 各类实体的比对: people by weights, houses by door, households by head and door."""

from base64 import b64decode, b64encode, b85decode
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from linli.exchange.rules.linkage_address import NO_OLD_NAMES, OldNames
from linli.exchange.rules.linkage_batch import judged
from linli.exchange.rules.linkage_blocks import KEYS, keys_of
from linli.exchange.rules.linkage_compare import FIELDS, levels_of
from linli.exchange.rules.linkage_pair import judged_pair
from linli.exchange.rules.linkage_row import FEW, keys_of_row, row_of
from linli.exchange.rules.linkage_rows import ROW, Array, People, rows_of, rows_of_bytes
from linli.exchange.rules.linkage_weights import DOUBTFUL, OTHER, SAME, Weights

PERSON, HOUSE, HOUSEHOLD = "person", "house", "household"
KINDS = frozenset({PERSON, HOUSE, HOUSEHOLD})
COMPARED = {
    PERSON: ("name", "citizen_id", "birth_date", "sex", "phone", "address", "area_code"),
    HOUSE: ("", "", "", "", "", "address", "area_code"),
    HOUSEHOLD: ("head_name", "", "", "", "", "address", "area_code"),
}
_PLACES = (("name",), ("id", "id_right", "born", "sex"), ("born",), ("sex",), ("phone",), ("place", "door"), ("area",))
SURE, MAYBE, NEVER = 10.0, 0.0, -30.0  # log2 odds of what follows from a rule
COMMUNITY = 12  # digits of the division code of a community
_LENGTH = (ROW.itemsize + 2) // 3 * 4  # of a packed row
_NAME, _HOME = FIELDS.index("name"), FIELDS.index("address")


def rows_from(kind: str, said: Sequence[Mapping[str, Any]], old_names: OldNames = NO_OLD_NAMES) -> Array:
    """Return the comparable rows of what sources say, under the names that places bear today."""
    name, number, born, sex, phone, home, areas = (  # one list for each field
        [str(one.get(code) or "") for one in said] for code in COMPARED[kind]
    )
    numbers = [int(area[:COMMUNITY]) if area[:COMMUNITY].isdigit() else 0 for area in areas]
    if len(said) <= FEW:
        each = zip(zip(name, number, born, sex, phone, home, strict=True), numbers, strict=True)
        return rows_of_bytes(row_of(texts, area=one, old_names=old_names) for texts, one in each)
    rows = rows_of(People(name, number, born, sex, phone, home, old_names=old_names))
    rows["area"] = numbers
    return rows


def without_elements(kind: str, rows: Array, codes: Collection[str]) -> Array:
    """Return rows that say nothing of these elements. What a right id number says besides goes with it."""
    left = rows.copy()
    for at, code in enumerate(COMPARED[kind]):
        for name in _PLACES[at] if code in codes else ():
            left[name] = 0
    return left


def packed(row: Any) -> str:
    """Return a row as a text, to be sealed."""
    return b64encode(row.tobytes()).decode()


def unpacked(texts: Sequence[str]) -> Array:
    """Return the rows that `packed` wrote."""
    opened = (b64decode(text) if len(text) == _LENGTH else b85decode(text) for text in texts)  # first it was base 85
    return rows_of_bytes(opened)


def block_keys(kind: str, rows: Array) -> Array:
    """Return the blocking keys of rows: several for a person, the door for a house, head and door for a household."""
    if kind == PERSON and len(rows) <= FEW:
        return np.array([keys_of_row(row.tobytes()) for row in rows], dtype="u8").reshape(-1, len(KEYS))
    if kind == PERSON:
        return keys_of(rows)
    known = rows.copy()
    known["name"][:, 0] = np.where(known["name"][:, 0] > 0, known["name"][:, 0], 1)
    if kind == HOUSE:
        known["name"] = 1
    return keys_of(known)[:, 3:4]


def judge(kind: str, left: Array, right: Array, model: Weights, *, among: int) -> tuple[Array, Array]:
    """Return verdict and log2 odds of each pair."""
    if kind == PERSON and len(left) <= FEW:
        pairs = zip(left, right, strict=True)
        found = [judged_pair(one.tobytes(), other.tobytes(), model, among=among) for one, other in pairs]
        return np.array([sure for sure, _odds in found]), np.array([odds for _sure, odds in found])
    if kind == PERSON:
        return judged(left, right, model, among=among)
    levels = levels_of(left, right)
    there = (levels[:, _HOME] == 2) & (left["door"][:, 1] > 0)  # noqa: PLR2004  the same place and door
    known = (left["area"] > 0) & (right["area"] > 0)
    near = known & (left["area"] == right["area"])
    sure, maybe = there & near, there & ~known
    if kind == HOUSEHOLD:
        named = levels[:, _NAME]
        maybe = (maybe & (named >= 3)) | (sure & (named == 3))  # noqa: PLR2004  sounds alike
        sure &= named == 4  # noqa: PLR2004  the same name
    verdict = np.where(sure, SAME, np.where(maybe, DOUBTFUL, OTHER))
    return verdict, np.where(sure, SURE, np.where(maybe, MAYBE, NEVER))
