"""One record beside another 单对比对: the levels of the columns for two rows as bytes, and what follows from them.

What levels are worth and what they mean is told by the columns alone: they are asked once for every combination.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from operator import ne
from struct import Struct

import numpy as np

from linli.exchange.rules.linkage_compare import LEVELS, MISSING, SWAPPED, THREE, TWO
from linli.exchange.rules.linkage_row import syllables
from linli.exchange.rules.linkage_rows import NAME, ROW
from linli.exchange.rules.linkage_weights import (
    AT,
    CERTAIN,
    GREY,
    HOMOPHONE,
    RAREST,
    Names,
    Weights,
    verdicts_of,
    worth_of,
)

_BORDERS = (GREY, CERTAIN, 3 * CERTAIN)  # of odds, where something else follows
_STEPS = tuple(len(levels) + 1 for levels in LEVELS.values())  # one more for silence
_CHARACTERS = Struct(f"<{NAME}H")
_ENDS = np.cumsum([ROW[name].itemsize for name in ROW.names or ()]).tolist()
_NAME, _ID, _RIGHT, _BORN, _SEX, _PHONE, _PLACE, _DOOR, _AREA = map(slice, [0, *_ENDS], _ENDS)
_NO_NAME, _NO_PLACE = bytes(2), bytes(4)


def levels_of_pair(left: bytes, right: bytes) -> tuple[int, ...]:
    """Return the level of each field, as `levels_of` for many pairs."""
    a, b = left[_BORN], right[_BORN]
    born = 2 if a == b else int(a[:6] == b[:6] or _near(a, b) or a == bytes([b[at] for at in SWAPPED]))
    c, d = left[_PHONE], right[_PHONE]
    home = int(left[_PLACE] == right[_PLACE])
    return (
        _names(left[_NAME], right[_NAME]),
        _ids(left, right),
        born if a[0] and b[0] else MISSING,
        int(left[_SEX] == right[_SEX]) if any(left[_SEX]) and any(right[_SEX]) else MISSING,
        (2 if c == d else int(_near(c, d))) if c[0] and d[0] else MISSING,
        MISSING if _NO_PLACE in {left[_PLACE], right[_PLACE]} else home and home + (left[_DOOR] == right[_DOOR]),
    )


def judged_pair(left: bytes, right: bytes, model: Weights, *, among: int) -> tuple[int, float]:
    """Return verdict and log2 odds of a pair, as `judged` of many."""
    worth, verdicts = _told(model, among)
    levels = levels_of_pair(left, right)
    place = 0
    for level, steps in zip(levels, _STEPS, strict=True):
        place = place * steps + level + 1
    odds = worth[place]
    if levels[0] >= HOMOPHONE:
        odds -= _share(left[_NAME], model.names, by_sound=levels[0] == HOMOPHONE)
    return verdicts[sum(odds >= border for border in _BORDERS)][place], odds


@lru_cache(maxsize=4)
def _told(model: Weights, among: int) -> tuple[list[float], list[list[int]]]:
    """Return what each combination of levels is worth but for the name, and what follows, by the borders reached."""
    every = np.array(list(product(*(range(MISSING, steps - 1) for steps in _STEPS))), dtype="i1")
    worth = worth_of(every, model, among=among)
    worth[every[:, AT["citizen_id"]] == 0] = -np.inf
    reached = [GREY - 1, *_BORDERS]
    return worth.tolist(), [verdicts_of(every, np.full(len(every), odds)).tolist() for odds in reached]


def _share(name: bytes, names: Names, *, by_sound: bool) -> float:
    """Return log2 of the share of a name, added up in the width of the columns."""
    listed, parts = syllables(), names.by_sound if by_sound else names.parts
    first, second, third, *rest = (listed[one] if by_sound else one for one in _CHARACTERS.unpack(name))
    total = parts[0, first] + parts[1, second] + parts[2, third]
    for one in rest:
        total = total + parts[1, one] if one else total
    return float(max(total, 2 * RAREST))


def _names(left: bytes, right: bytes) -> int:
    if _NO_NAME in (left[:2], right[:2]):
        return MISSING
    if left == right:
        return 4
    a, b, listed = _CHARACTERS.unpack(left), _CHARACTERS.unpack(right), syllables()
    alike = [listed[one] == listed[other] for one, other in zip(a, b, strict=True)]
    return 3 if all(alike) else 2 if _one_off(a, b) else int(alike[0])


def _one_off(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Tell whether names differ by one character that is wrong, missing or in the wrong place."""
    long_a, long_b = NAME - a.count(0), NAME - b.count(0)
    if abs(long_a - long_b) == 1 and min(long_a, long_b) >= TWO:
        longer, shorter = (a, b) if long_a > long_b else (b, a)
        if not shorter[-1] and any(longer[:at] + longer[at + 1 :] == shorter[:-1] for at in range(NAME)):
            return True
    if min(long_a, long_b) < THREE:
        return False
    count = sum(map(ne, a, b))
    return (count == 1 and long_a == long_b) or (count == TWO and _turned(a, b))


def _ids(left: bytes, right: bytes) -> int:
    a, b = left[_ID], right[_ID]
    if not (a[0] and b[0]):
        return MISSING
    if a == b:
        return 3
    if any(left[_RIGHT]) and any(right[_RIGHT]):
        return 0
    return 2 if _near(a, b) else 1


def _near(a: bytes, b: bytes) -> bool:
    """Tell whether two numbers differ in one digit or by two neighbours changing places."""
    count = sum(map(ne, a, b))
    return count == 1 or (count == TWO and _turned(a, b))


def _turned(a: Sequence[int], b: Sequence[int]) -> bool:
    """Tell whether the first place that differs and the next one have changed places."""
    first = min(next(at for at, one in enumerate(a) if one != b[at]), len(a) - 2)
    return a[first] == b[first + 1] and a[first + 1] == b[first]
