"""Which pairs are worth comparing 分块: those that share one of a few narrow keys."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from linli.exchange.rules.linkage_rows import Array, sounds

KEYS = ("id", "name_birth", "phone", "name_home", "birth_home", "name_year", "name_day", "id_tail")
THREADS = 2
LARGEST = 40  # a key that more records share says nothing, such as the telephone of a care home
ODD = np.random.default_rng(20).integers(2**62, 2**63, 8, dtype="u8") * 2 + 1
_EACH = np.arange(len(KEYS), dtype="u8")
_TENS = 10 ** np.arange(17, -1, -1, dtype="u8")


def keys_of(rows: Array) -> Array:
    """Return the keys of each row, one column for each of KEYS, as 64-bit numbers; 0 where there is none."""
    said = sounds()[rows["name"]]
    name, born = _mixed(_folded(said.astype("u8"))), _number(rows["born"])
    door = rows["door"].astype("u8")
    home = _mixed(_folded(np.concatenate([rows["place"][:, None].astype("u8"), door], axis=1)))
    has_name, has_birth = rows["name"][:, 1] > 0, born > 0
    has_home = (rows["place"] > 0) & (rows["door"][:, 0] > 0)
    number, phone = _number(rows["id"]), _number(rows["phone"])
    is_born, at_home, nothing = has_name & has_birth, has_name & has_home, np.zeros(len(rows), dtype="u8")
    columns = (
        (number > 0, number, nothing),
        (is_born, name, born),
        (phone > 0, phone, nothing),
        (at_home, name, home),
        (has_birth & has_home, born, home),
        (is_born, name, born // 10000),
        (is_born, name, born % 10000),
        (number > 0, number % 10**12, nothing),
    )
    there, one, other = (np.stack(parts, axis=1) for parts in zip(*columns, strict=True))
    found = _mixed((one * ODD[0] + other * ODD[1] << np.uint64(3)) + _EACH) | np.uint64(1)  # multilinear hashing
    return np.where(there, found, np.uint64(0))


def pairs_of(keys: Array, *, largest: int = LARGEST) -> tuple[Array, Array]:
    """Return the row numbers of all pairs that share a key, each pair once, the lower number left."""
    with ThreadPoolExecutor(THREADS) as pool:  # sorting lets go of the interpreter
        found = list(pool.map(lambda column: _sharing(column, largest), keys.T))
    codes = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype="i8")
    return codes // len(keys), codes % len(keys)


def _sharing(column: Array, largest: int) -> Array:
    """Return the pairs that share one key, each as one number: lower row times the number of rows plus higher row."""
    order = np.argsort(column, kind="stable")
    order = order[np.searchsorted(column[order], 1) :]
    values = column[order]
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    sizes = np.diff(np.r_[starts, len(values)])
    small = np.repeat((sizes > 1) & (sizes <= largest), sizes)
    order, values = order[small], values[small]
    found = [np.zeros(0, dtype="i8")]
    for apart in range(1, int(sizes[sizes <= largest].max(initial=1))):
        same = np.flatnonzero(values[:-apart] == values[apart:])
        if not len(same):
            break
        one, other = order[same], order[same + apart]
        found.append(np.minimum(one, other) * len(column) + np.maximum(one, other))
    return np.concatenate(found)


def _number(digits: Array) -> Array:
    """Return the number that digits in ASCII write, 0 where there are none; X counts as ten."""
    width = digits.shape[1]
    values = np.where(digits == ord("X"), 10, digits - np.uint8(ord("0"))).astype("u8")
    return np.where(digits[:, 0] > 0, (values * _TENS[-width:]).sum(axis=1, dtype="u8"), np.uint64(0))


def _folded(columns: Array) -> Array:
    """Return one number for the columns of each row."""
    return np.asarray((columns * ODD[: columns.shape[1]]).sum(axis=1, dtype="u8"))


def _mixed(numbers: Array) -> Array:
    """Return numbers well mixed (the finaliser of SplitMix64)."""
    mixed = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))
