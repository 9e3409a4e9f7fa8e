"""One record cleaned and keyed 单条记录: what the columns do for thousands, for one as bytes.

For one record, setting columns up takes ten times as long as what they do. So the same is told here a second time; a
test holds both against each other, word for word.
"""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from operator import mul
from struct import Struct

from linli.exchange.rules.linkage_address import MOST_NUMBERS, NO_OLD_NAMES, OldNames, parts_of, place_code
from linli.exchange.rules.linkage_blocks import KEYS, ODD
from linli.exchange.rules.linkage_rows import CHECKS, DAY, ID, ID_WEIGHTS, LEFT_OUT, NAME, OLD_ID, PHONE, sounds

FEW = 8  # up to so many rows or pairs this is quicker than columns
Texts = tuple[str, str, str, str, str, str]  # name, id, day of birth, sex, telephone, address
_LAID_OUT = Struct(f"<{NAME}H{ID}s?{DAY}sB{PHONE}sI{MOST_NUMBERS}HQ")  # as ROW
_MARKS = frozenset(map(ord, LEFT_OUT))
_ALL = 2**64 - 1
_ODD = tuple(map(int, ODD))
_ZERO = ord("0")
_TENS = tuple(10**at for at in range(ID))
_DIGIT = bytes(10 if one == ord("X") else (one - _ZERO) % 256 for one in range(256))


def row_of(said: Texts, *, area: int = 0, old_names: OldNames = NO_OLD_NAMES) -> bytes:
    """Return the comparable row of one person, as `rows_of` makes it of many."""
    name, number, born, sex, phone, home = said
    digits, right = _number_of(number)
    day = _ascii(born, DAY + 2)
    day, male_or_female = day[0:4] + day[5:7] + day[8:10], int(sex[:1]) if sex[:1] in ("1", "2") else 0
    if right:
        day = day if day[0] else digits[6:14]
        male_or_female = male_or_female or 2 - (digits[16] & 1)
    telephone = _ascii(phone, PHONE + 1)
    telephone = telephone[:PHONE] if telephone[:PHONE].isdigit() and not telephone[PHONE] else b""
    words, door = parts_of(home, old_names) if home else ("", ())
    doors = [one + 1 for one in door] + [0] * (MOST_NUMBERS - len(door))
    return _LAID_OUT.pack(
        *_name_of(name), digits, right, day, male_or_female, telephone, place_code(words), *doors, area
    )


def keys_of_row(row: bytes) -> list[int]:
    """Return the blocking keys of a row, as `keys_of` of many."""
    *name, digits, _right, born_on, _sex, telephone, place, door1, door2, door3, door4, _area = _LAID_OUT.unpack(row)
    heard = syllables()
    said = _mixed(_folded([heard[one] for one in name]))
    home = _mixed(_folded((place, door1, door2, door3, door4)))
    number, born, phone = _value(digits), _value(born_on), _value(telephone)
    named, dated, at_home = name[1] > 0, born > 0, place > 0 and door1 > 0
    columns = (
        (number > 0, number, 0),
        (named and dated, said, born),
        (phone > 0, phone, 0),
        (named and at_home, said, home),
        (dated and at_home, born, home),
        (named and dated, said, born // 10000),
        (named and dated, said, born % 10000),
        (number > 0, number % 10**12, 0),
    )
    return [
        _mixed(((one * _ODD[0] + other * _ODD[1] << 3) + at) & _ALL) | 1 if there else 0
        for at, (there, one, other) in zip(range(len(KEYS)), columns, strict=True)
    ]


@lru_cache
def syllables() -> "array[int]":
    """Return the syllables of all characters, as `sounds`, where one is read faster than from a column."""
    return array("H", sounds().tobytes())


def _name_of(text: str) -> list[int]:
    points = [ord(one) & 0xFFFF for one in text[: NAME + 4]]
    if not _MARKS.isdisjoint(points):
        points = [one for one in points if one and one not in _MARKS]
    return (points + [0] * NAME)[:NAME]


def _number_of(text: str) -> tuple[bytes, bool]:
    """Return the 18 places of an id number and whether its check digit is right; 15 places become 18."""
    digits = _ascii(text, ID).replace(b"x", b"X")
    is_old = digits[OLD_ID - 1] > 0 and not digits[OLD_ID]
    if is_old:
        digits = digits[:6] + b"19" + digits[6:OLD_ID] + digits[ID - 1 :]
    check = CHECKS[sum(map(mul, ID_WEIGHTS, [one - _ZERO for one in digits])) % len(CHECKS)]
    if is_old:
        digits = digits[: ID - 1] + bytes([check])
    if not digits[ID - 1]:
        return bytes(ID), False
    dated = digits[10:14].isdigit() and 1 <= int(digits[10:12]) <= 12 and 1 <= int(digits[12:14]) <= 31  # noqa: PLR2004
    return digits, dated and digits[: ID - 1].isdigit() and check == digits[ID - 1]


def _ascii(text: str, width: int) -> bytes:
    """Return the code points of a text, cut to a width and filled up; what is no ASCII becomes 0."""
    cut = text[:width]
    found = cut.encode() if cut.isascii() else bytes(ord(one) if one.isascii() else 0 for one in cut)
    return found.ljust(width, b"\0")


def _value(digits: bytes) -> int:
    """Return the number that digits in ASCII write, 0 where there are none; X counts as ten."""
    if not digits[0]:
        return 0
    if digits.isdigit():
        return int(digits)
    return int(sum(map(mul, reversed(digits.translate(_DIGIT)), _TENS))) & _ALL


def _folded(columns: Sequence[int]) -> int:
    return int(sum(map(mul, columns, _ODD))) & _ALL


def _mixed(number: int) -> int:
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 & _ALL
    number = (number ^ number >> 27) * 0x94D049BB133111EB & _ALL
    return number ^ number >> 31
