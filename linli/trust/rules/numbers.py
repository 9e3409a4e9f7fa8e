"""What a number is: told by its length, its beginning, the date inside it or its check digit."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

NumberKind = Literal["mobile", "phone", "citizen_id", "bank_card"]

SHORTEST = 10
LONGEST = 24  # a longer run of digits is no number that people write down
_DATE = "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_SHORT_DATE = "[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
# Area codes: 010, 02x and 03xx to 09xx with 7 or 8 digits behind; 400 and 800 with 7. Lines begin with 2 to 8.
_AREA = "(?:010|02[0-9]|0[3-9][0-9]{2}|(?:00)?86(?:10|2[0-9]|[3-9][0-9]{2}))"
_MOBILE = re.compile("(?:(?:00)?86)?1[3-9][0-9]{9}")
_FIXED = re.compile(f"{_AREA}[2-8][0-9]{{6,7}}|[48]00[0-9]{{7}}")
_ID_17 = re.compile(f"[1-8][0-9]{{5}}{_DATE}[0-9]{{3}}")
_ID_18 = re.compile(f"{_ID_17.pattern}[0-9]")
_ID_15 = re.compile(f"[1-8][0-9]{{5}}{_SHORT_DATE}[0-9]{{3}}")
_HIDDEN_MOBILE = re.compile("1[3-9][0-9]{9}")
_STAMP = re.compile(f"{_DATE}(?:(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9])?")


class _Form(NamedTuple):
    """One form of a number: what it is, the digits it may begin with, its pattern."""

    kind: NumberKind
    first: str
    pattern: re.Pattern[str]


_FORMS: dict[int, tuple[_Form, ...]] = {
    10: (_Form("phone", "048", _FIXED),),
    11: (_Form("mobile", "1", _MOBILE), _Form("phone", "08", _FIXED)),
    12: (_Form("phone", "08", _FIXED),),
    13: (_Form("mobile", "8", _MOBILE), _Form("phone", "08", _FIXED)),
    14: (_Form("phone", "0", _FIXED),),
    15: (_Form("mobile", "0", _MOBILE), _Form("citizen_id", "12345678", _ID_15), _Form("phone", "0", _FIXED)),
    18: (_Form("citizen_id", "12345678", _ID_18),),
}
_CARDS = (16, 17, 18, 19)
_CARD_FIRST = "34569"
_LENGTHS = sorted({*_FORMS, *_CARDS})


def kind_of_run(digits: str) -> NumberKind | None:
    """Tell what a run of digits written together is or hides."""
    if len(digits) < SHORTEST:
        return None
    return _exactly(digits) or _inside(digits)


def ends_in_id_before_x(digits: str) -> bool:
    """Tell whether the last 17 digits are those of a citizen id, whose check digit X follows."""
    return _ID_17.fullmatch(digits[-17:]) is not None


def kinds_of_groups(sizes: Sequence[int], digits: str) -> Iterator[tuple[NumberKind, int, int]]:
    """Tell which neighbouring groups of digits are numbers together: the kind, the first group, the one after the last.

    `sizes` are the lengths of the groups, `digits` are all of them joined.
    """
    ends, total = {}, 0
    for index, size in enumerate(sizes):
        total += size
        ends[total] = index + 1
    begin = 0
    for first, size in enumerate(sizes):
        for length in _LENGTHS:
            after = ends.get(begin + length)
            if after is not None and after > first + 1:
                kind = _together(digits[begin : begin + length], sizes[first:after])
                if kind is not None:
                    yield kind, first, after
        begin += size


def _together(digits: str, sizes: Sequence[int]) -> NumberKind | None:
    for kind, first, pattern in _FORMS.get(len(digits), ()):
        if digits[0] in first and pattern.fullmatch(digits) and _well_grouped(kind, digits, sizes):
            return kind
    return "bank_card" if all(size >= 4 for size in sizes[:-1]) and _is_card(digits) else None  # noqa: PLR2004  as printed


def _exactly(digits: str) -> NumberKind | None:
    for kind, first, pattern in _FORMS.get(len(digits), ()):
        if digits[0] in first and pattern.fullmatch(digits):
            return kind
    return "bank_card" if _is_card(digits) else None


def _inside(digits: str) -> NumberKind | None:
    """Tell what a longer run hides. A date, or a date and time, with a short serial behind it hides nothing."""
    if len(digits) > LONGEST:
        return "bank_card"
    if (stamp := _STAMP.match(digits)) and len(digits) - stamp.end() < SHORTEST:
        return None
    if _HIDDEN_MOBILE.search(digits):
        return "mobile"
    if _ID_18.search(digits):
        return "citizen_id"
    for cut in range(1, len(digits) - SHORTEST + 1):
        if (kind := _exactly(digits[cut:]) or _exactly(digits[:-cut])) in ("phone", "bank_card"):
            return kind
    return None


def _well_grouped(kind: NumberKind, digits: str, sizes: Sequence[int]) -> bool:
    """Tell whether people split such a number so: digit by digit, in pairs, or behind its own beginning."""
    if kind == "citizen_id":
        return len(digits) == 18 or sizes[0] == 6 or max(sizes) <= 2  # noqa: PLR2004  six digits of area, then the date
    if max(sizes) <= 2:  # noqa: PLR2004  pairs
        return True
    if kind == "phone":
        return sizes[0] > 2 or digits.startswith("86")  # noqa: PLR2004  the area code stands whole
    return (sizes[0] > 2 or digits.startswith("86")) and not _begins_with_month(digits, sizes)  # noqa: PLR2004  as above


def _begins_with_month(digits: str, sizes: Sequence[int]) -> bool:
    """Tell 1984-10-12 501 from a number: a year, then a month of one or two digits."""
    return sizes[0] == 4 and sizes[1] <= 2 and digits[:2] == "19" and int(digits[4 : 4 + sizes[1]]) <= 12  # noqa: PLR2004  a year and a month


def _is_card(digits: str) -> bool:
    """Tell a bank card number by its check digit (ISO/IEC 7812-1, annex B)."""
    if len(digits) not in _CARDS or digits[0] not in _CARD_FIRST:
        return False
    doubled = sum(map(int, digits[-2::-2].translate(_DOUBLED)))
    return (sum(map(int, digits[-1::-2])) + doubled) % 10 == 0


_DOUBLED = str.maketrans("0123456789", "0246813579")
