"""A person as linkage compares one 比对记录: cleaned and of fixed width, so that a million are compared in columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from linli.exchange.rules.linkage_address import MOST_NUMBERS, NO_OLD_NAMES, OldNames, parts_of, place_code

Array = npt.NDArray[Any]
NAME, ID, DAY, PHONE = 6, 18, 8, 11  # places of each field
OLD_ID = 15
ROW = np.dtype(
    [("name", "u2", (NAME,)), ("id", "u1", (ID,)), ("id_right", "?"), ("born", "u1", (DAY,)), ("sex", "u1"),
     ("phone", "u1", (PHONE,)), ("place", "u4"), ("door", "u2", (MOST_NUMBERS,)), ("area", "u8")]
)  # fmt: skip
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, 6.1
CHECKS = b"10X98765432"
_WEIGHED, _CHECKED = np.array(ID_WEIGHTS), np.frombuffer(CHECKS, dtype="u1")
LEFT_OUT = " 　·•・.．-（）()*"
_MARKS = np.zeros(65536, dtype=bool)
_MARKS[[ord(one) for one in LEFT_OUT]] = True
_ZERO, _NINE = ord("0"), ord("9")
SOUNDS = Path(__file__).resolve().parents[1] / "sample" / "syllables.npz"
FIRST_HAN, LAST_HAN = 0x4E00, 0x9FFF


@dataclass
class People:
    """Columns of people as text, all of one length; "" where nothing is known. Birth dates are ISO days, sex 1 or 2."""

    names: Sequence[str]
    ids: Sequence[str]
    births: Sequence[str]
    sexes: Sequence[str]
    phones: Sequence[str]
    addresses: Sequence[str]
    old_names: OldNames = NO_OLD_NAMES


def rows_of(people: People) -> Array:
    """Return the comparable rows. Dates of birth and sexes that are missing follow from a right id number."""
    rows = np.zeros(len(people.names), dtype=ROW)
    rows["name"] = _names(people.names)
    rows["id"], rows["id_right"] = _ids(people.ids)
    rows["phone"] = _digits(people.phones, PHONE)
    born = _columns(people.births, DAY + 2)
    rows["born"] = np.concatenate([born[:, 0:4], born[:, 5:7], born[:, 8:10]], axis=1)
    sexes = _columns(people.sexes, 1)[:, 0]
    rows["sex"] = np.where((sexes == _ZERO + 1) | (sexes == _ZERO + 2), sexes - _ZERO, 0)
    _imply(rows)
    rows["place"], rows["door"] = _doors(people.addresses, people.old_names)
    return rows


def rows_of_bytes(rows: Iterable[bytes]) -> Array:
    """Return the rows that these bytes are."""
    return np.frombuffer(b"".join(rows), dtype=ROW)


def named_today(rows: Array, old_names: OldNames) -> Array:
    """Return rows made before a name was known, with the places of today; only where a name is all there is."""
    codes = old_names.codes
    old = np.flatnonzero(np.isin(rows["place"], list(codes))) if codes else ()
    if not len(old):
        return rows
    rows = rows.copy()
    rows["place"][old] = [codes[place] for place in rows["place"][old].tolist()]
    return rows


def named_before(rows: Array, old_names: OldNames) -> Array:
    """Return these rows as they were before, once for each former name of their place."""
    before: dict[int, list[int]] = {}
    for old, new in old_names.codes.items():
        before.setdefault(new, []).append(old)
    at = np.flatnonzero(np.isin(rows["place"], list(before))).tolist() if before else []
    pairs = [(one, old) for one in at for old in before[int(rows["place"][one])]]
    found = rows[[one for one, _old in pairs]]
    found["place"] = [old for _one, old in pairs]
    return found


@lru_cache
def sounds() -> Array:
    """Return for each code point the number of its syllable without tone; other characters sound like themselves."""
    table = np.arange(65536, dtype="u2")
    table[FIRST_HAN : LAST_HAN + 1] = np.load(SOUNDS)["syllables"]
    return table


def listed_sounds() -> Array:
    """Return the syllables as pypinyin knows them; they are kept in a file, because asking takes two seconds."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  slow to import

    points = range(FIRST_HAN, LAST_HAN + 1)
    known: dict[str, int] = {}
    said = [pinyin(chr(point), style=Style.NORMAL)[0][0] for point in points]
    return np.array(
        [at if one == chr(at) else known.setdefault(one, len(known) + 1) for at, one in zip(points, said, strict=True)],
        dtype="u2",
    )


def _imply(rows: Array) -> None:
    """Fill in the date of birth and the sex that a right id number says."""
    silent = rows["id_right"] & (rows["born"][:, 0] == 0)
    rows["born"][silent] = rows["id"][silent, 6:14]
    silent = rows["id_right"] & (rows["sex"] == 0)
    rows["sex"][silent] = 2 - (rows["id"][silent, 16] & 1)


def _columns(texts: Sequence[str], width: int) -> Array:
    """Return the code points of texts, cut to a width; what is no ASCII becomes 0."""
    points = np.array(texts, dtype=f"U{width}").view("u4").reshape(len(texts), width)
    return np.where(points < 128, points, 0).astype("u1")  # noqa: PLR2004  ASCII


def _names(texts: Sequence[str]) -> Array:
    points = np.array(texts, dtype=f"U{NAME + 4}").view("u4").reshape(len(texts), NAME + 4)
    unclean = _MARKS[points & 0xFFFF].any(axis=1)
    if unclean.any():
        points = points.copy()
    for at in np.flatnonzero(unclean):
        kept = [point for point in points[at] if point and not _MARKS[point & 0xFFFF]]
        points[at] = kept + [0] * (NAME + 4 - len(kept))
    return (points[:, :NAME] & 0xFFFF).astype("u2")


def _ids(texts: Sequence[str]) -> tuple[Array, Array]:
    """Return the 18 places of each id number and whether its check digit is right; 15 places become 18."""
    ids = _columns(texts, ID)
    ids[ids == ord("x")] = ord("X")
    old = np.flatnonzero((ids[:, OLD_ID - 1] > 0) & (ids[:, OLD_ID] == 0))
    if len(old):
        ids[old, 8:17], ids[old, 6], ids[old, 7] = ids[old, 6:15], ord("1"), ord("9")
    numbers = ids[:, :17].astype("i2") - _ZERO
    checks = _CHECKED[(numbers * _WEIGHED).sum(axis=1) % 11]
    ids[old, 17] = checks[old]
    whole = ((numbers >= 0) & (numbers <= _NINE - _ZERO)).all(axis=1)
    months, days = numbers[:, 10] * 10 + numbers[:, 11], numbers[:, 12] * 10 + numbers[:, 13]
    dated = (months >= 1) & (months <= 12) & (days >= 1) & (days <= 31)  # noqa: PLR2004  a calendar
    ids[ids[:, 17] == 0] = 0
    return ids, whole & dated & (checks == ids[:, 17])


def _digits(texts: Sequence[str], width: int) -> Array:
    """Return the digits of telephones of the usual length; others are left out."""
    columns = _columns(texts, width + 1)
    whole = (columns[:, width] == 0) & ((columns[:, :width] >= _ZERO) & (columns[:, :width] <= _NINE)).all(axis=1)
    columns[~whole] = 0
    return columns[:, :width]


def _doors(texts: Sequence[str], old_names: OldNames) -> tuple[Array, Array]:
    """Return the code of the place and the numbers of the door, each plus one, for each address."""
    seen: dict[str, int] = {}
    which = [seen.setdefault(text, len(seen)) for text in texts]
    places, doors = [], []
    for text in seen:
        words, numbers = parts_of(text, old_names) if text else ("", ())
        places.append(place_code(words))
        doors += [number + 1 for number in numbers] + [0] * (MOST_NUMBERS - len(numbers))
    door = np.array(doors, dtype="u2").reshape(len(places), MOST_NUMBERS)
    return np.array(places, dtype="u4")[which], door[which]
