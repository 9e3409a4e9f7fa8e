"""How far two records agree 比对: for each field a level, the higher the nearer. Equal either way round.

For a million records at once; one new record and its few candidates are compared by `linkage_pair`, with the same
answer.
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
TWO, THREE = 2, 3  # characters or digits
SWAPPED = [0, 1, 2, 3, 6, 7, 4, 5]  # a date with month and day in each other's place


def levels_of(left: Array, right: Array) -> Array:
    """Return a table of levels: a row for each pair, a column for each of FIELDS; -1 where one side is silent."""
    compared = (_names, _ids, _births, _sexes, _phones, _addresses)
    return np.stack([one(left, right) for one in compared], axis=1).astype("i1")


def _names(left: Array, right: Array) -> Array:
    a, b = left["name"], right["name"]
    count = (a != b).sum(axis=1)
    alike = sounds()[a] == sounds()[b]
    level: Array = alike[:, 0].astype("i1")
    level[_one_off(a, b, count)] = 2
    level[alike.all(axis=1)] = 3
    level[count == 0] = 4
    level[(a[:, 0] == 0) | (b[:, 0] == 0)] = MISSING
    return level


def _one_off(a: Array, b: Array, count: Array) -> Array:
    """Tell where names of three or more characters differ by one that is wrong, missing or in the wrong place."""
    long_a, long_b = (a > 0).sum(axis=1), (b > 0).sum(axis=1)
    least = np.minimum(long_a, long_b)
    wrong = (count == 1) & (long_a == long_b) & (least >= THREE)
    turned = _turned(a, b, (count == TWO) & (least >= THREE))
    dropped = np.zeros(len(a), dtype=bool)
    apart = np.flatnonzero((np.abs(long_a - long_b) == 1) & (least >= TWO))
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
    level: Array = (~right_both).astype("i1")
    count = (a != b).sum(axis=1)
    level[~right_both & _near(a, b, count)] = 2
    level[count == 0] = 3
    level[(a[:, 0] == 0) | (b[:, 0] == 0)] = MISSING
    return level


def _births(left: Array, right: Array) -> Array:
    a, b = left["born"], right["born"]
    count = (a != b).sum(axis=1)
    swapped = (a == b[:, SWAPPED]).all(axis=1)
    in_month = (a[:, :6] == b[:, :6]).all(axis=1)  # the first of the month stands for a day that is not known
    level: Array = (_near(a, b, count) | swapped | in_month).astype("i1")
    level[count == 0] = 2
    level[(a[:, 0] == 0) | (b[:, 0] == 0)] = MISSING
    return level


def _sexes(left: Array, right: Array) -> Array:
    level = (left["sex"] == right["sex"]).astype("i1")
    level[(left["sex"] == 0) | (right["sex"] == 0)] = MISSING
    return np.asarray(level)


def _phones(left: Array, right: Array) -> Array:
    a, b = left["phone"], right["phone"]
    count = (a != b).sum(axis=1)
    level: Array = _near(a, b, count).astype("i1")
    level[count == 0] = 2
    level[(a[:, 0] == 0) | (b[:, 0] == 0)] = MISSING
    return level


def _addresses(left: Array, right: Array) -> Array:
    level = (left["place"] == right["place"]).astype("i1")
    level[(level == 1) & (left["door"] == right["door"]).all(axis=1)] = 2
    level[(left["place"] == 0) | (right["place"] == 0)] = MISSING
    return np.asarray(level)


def _near(a: Array, b: Array, count: Array) -> Array:
    """Tell where two numbers differ in one digit or by two neighbours changing places."""
    return np.asarray((count == 1) | _turned(a, b, count == TWO))


def _turned(a: Array, b: Array, among: Array) -> Array:
    """Tell where, among some, the first place that differs and the next one have changed places."""
    found = np.zeros(len(a), dtype=bool)
    at = np.flatnonzero(among)
    if len(at):
        a, b, each = a[at], b[at], np.arange(len(at))
        first = np.minimum((a != b).argmax(axis=1), a.shape[1] - 2)
        found[at] = (a[each, first] == b[each, first + 1]) & (a[each, first + 1] == b[each, first])
    return found
