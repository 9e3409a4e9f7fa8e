"""How far two records agree 比对: for each field a level, the higher the nearer. Equal either way round.

The same functions compare one new record with its few candidates and a million records with each other, so both give
the same answer.
"""

import numpy as np

from linli.exchange.rules.linkage_rows import NAME, Array, sounds

FIELDS = ("name", "citizen_id", "birth_date", "sex", "phone", "address")
LEVELS = {
    "name": ("other", "surname", "one_off", "homophone", "same"),
    "citizen_id": ("other", "mistyped", "near", "same"),
    "birth_date": ("other", "near", "same"),
    "sex": ("other", "same"),
    "phone": ("other", "near", "same"),
    "address": ("other", "place", "same"),
}
MISSING = -1
LONG = 3  # characters of a name in which one may be wrong and still point to one person
TURNED = 2  # places that differ where two have changed places


def levels_of(left: Array, right: Array) -> Array:
    """Return a table of levels, a row for each pair and a column for each of FIELDS; -1 where one side is silent."""
    compared = (_names, _ids, _births, _sexes, _phones, _addresses)
    return np.stack([one(left, right) for one in compared], axis=1).astype("i1")


def _names(left: Array, right: Array) -> Array:
    a, b = left["name"], right["name"]
    differ = a != b
    count = differ.sum(axis=1)
    said = sounds()
    level = np.where(differ[:, 0] & (said[a[:, 0]] != said[b[:, 0]]), 0, 1)
    level[_one_off(a, b, count)] = 2
    level[(said[a] == said[b]).all(axis=1)] = 3
    level[count == 0] = 4
    return _known(level, a, b)


def _one_off(a: Array, b: Array, count: Array) -> Array:
    """Tell where names of three or more characters differ by one that is wrong, missing or in the wrong place."""
    long_a, long_b = (a > 0).sum(axis=1), (b > 0).sum(axis=1)
    least = np.minimum(long_a, long_b)
    wrong = (count == 1) & (long_a == long_b) & (least >= LONG)
    turned = (count == TURNED) & (least >= LONG) & _turned(a, b)
    dropped = np.zeros(len(a), dtype=bool)
    apart = np.flatnonzero((np.abs(long_a - long_b) == 1) & (least >= LONG - 1))
    if len(apart):
        longer = np.where((long_a > long_b)[apart, None], a[apart], b[apart])
        shorter = np.where((long_a > long_b)[apart, None], b[apart], a[apart])
        found = np.zeros(len(apart), dtype=bool)
        for place in range(NAME):
            without = np.delete(longer, place, axis=1)
            found |= (without == shorter[:, : NAME - 1]).all(axis=1) & (shorter[:, NAME - 1] == 0)
        dropped[apart] = found
    return np.asarray(wrong | turned | dropped)


def _ids(left: Array, right: Array) -> Array:
    a, b = left["id"], right["id"]
    right_both = left["id_right"] & right["id_right"]
    level = np.where(right_both, 0, 1)
    count = (a != b).sum(axis=1)
    level[~right_both & _near(a, b, count)] = 2
    level[count == 0] = 3
    return _known(level, a, b)


def _births(left: Array, right: Array) -> Array:
    a, b = left["born"], right["born"]
    count = (a != b).sum(axis=1)
    swapped = (a[:, :4] == b[:, :4]).all(axis=1) & (a[:, 4:6] == b[:, 6:8]).all(axis=1)
    swapped &= (a[:, 6:8] == b[:, 4:6]).all(axis=1)
    in_month = (a[:, :6] == b[:, :6]).all(axis=1)  # the first of the month stands for a day that is not known
    level = np.where(_near(a, b, count) | swapped | in_month, 1, 0)
    level[count == 0] = 2
    return _known(level, a, b)


def _sexes(left: Array, right: Array) -> Array:
    level: Array = (left["sex"] == right["sex"]).astype("i1")
    level[(left["sex"] == 0) | (right["sex"] == 0)] = MISSING
    return level


def _phones(left: Array, right: Array) -> Array:
    a, b = left["phone"], right["phone"]
    count = (a != b).sum(axis=1)
    level = np.where(_near(a, b, count), 1, 0)
    level[count == 0] = 2
    return _known(level, a, b)


def _addresses(left: Array, right: Array) -> Array:
    level: Array = (left["place"] == right["place"]).astype("i1")
    level[(level == 1) & (left["door"] == right["door"]).all(axis=1)] = 2
    level[(left["place"] == 0) | (right["place"] == 0)] = MISSING
    return level


def _known(level: Array, a: Array, b: Array) -> Array:
    """Return the levels with silence where either side says nothing."""
    level[(a[:, 0] == 0) | (b[:, 0] == 0)] = MISSING
    return level


def _near(a: Array, b: Array, count: Array) -> Array:
    """Tell where two numbers differ in one digit or by two neighbours changing places."""
    return np.asarray((count == 1) | ((count == TURNED) & _turned(a, b)))


def _turned(a: Array, b: Array) -> Array:
    """Tell where the first place that differs and the next one have changed places."""
    first = np.minimum((a != b).argmax(axis=1), a.shape[1] - 2)
    each = np.arange(len(a))
    return np.asarray((a[each, first] == b[each, first + 1]) & (a[each, first + 1] == b[each, first]))
