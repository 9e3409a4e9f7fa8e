"""What a number is: told by its length, its beginning, the date inside it or its check digit."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

NumberKind = Literal["mobile", "phone", "citizen_id", "bank_card"]

SHORTEST = 10
LONGEST = 24  # a longer run of digits is no number that people write down
_DATE = "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_SHORT_DATE = "[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
# Area codes of three and of four digits, then with the country code, with a line of 7 or 8 digits behind; 400 and 800
# with 7. Lines begin with 2 to 8.
_AREAS = {"010|02[0-9]": 3, "0[3-9][0-9]{2}": 4, "86(?:10|2[0-9])": 4, "86[3-9][0-9]{2}": 5}
_ID_17 = f"[1-8][0-9]{{5}}{_DATE}[0-9]{{3}}"
_STAMP = re.compile(f"{_DATE}(?:(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9])?")


class _Form(NamedTuple):
    """One form of a number: what it is, how long, and its pattern as a look ahead, so that it is found everywhere."""

    kind: NumberKind
    length: int
    pattern: re.Pattern[str]


def _form(kind: NumberKind, length: int, pattern: str) -> _Form:
    return _Form(kind, length, re.compile(f"(?={pattern})"))


_FORMS = (
    _form("mobile", 11, "1[3-9][0-9]{9}"),
    _form("mobile", 13, "861[3-9][0-9]{9}"),
    _form("mobile", 15, "00861[3-9][0-9]{9}"),
    _form("citizen_id", 18, f"{_ID_17}[0-9]"),
    _form("citizen_id", 15, f"[1-8][0-9]{{5}}{_SHORT_DATE}[0-9]{{3}}"),
    _form("phone", 10, "[48]00[0-9]{7}"),
    *(
        _form("phone", size + more + 1, f"(?:{area})[2-8][0-9]{{{more}}}")
        for area, size in _AREAS.items()
        for more in (6, 7)
    ),
)
_BY_LENGTH = {form.length: tuple(other for other in _FORMS if other.length == form.length) for form in _FORMS}
_HIDDEN = tuple(form for form in _FORMS if (form.kind, form.length) in {("mobile", 11), ("citizen_id", 18)})
_BEFORE_X = re.compile(_ID_17)
_CARDS = (16, 17, 18, 19)
_CARD_FIRST = "34569"
_PAIR = _SPLIT = 2
_PRINTED = 4  # cards show their digits by four


def kind_of_run(digits: str) -> NumberKind | None:
    """Tell what a run of digits written together is or hides."""
    if len(digits) < SHORTEST:
        return None
    return _exactly(digits) or _inside(digits)


def ends_in_id_before_x(digits: str) -> bool:
    """Tell whether the last 17 digits are those of a citizen id, whose check digit X follows."""
    return _BEFORE_X.fullmatch(digits[-17:]) is not None


def kinds_of_groups(sizes: Sequence[int], digits: str) -> Iterator[tuple[NumberKind, int, int]]:
    """Tell which neighbouring groups of digits are numbers together: the kind, the first group, the one after the last.

    `sizes` are the lengths of the groups, `digits` are all of them joined.
    """
    begins, total = {}, 0
    for index, size in enumerate(sizes):
        begins[total] = index
        total += size
    begins[total] = len(sizes)
    for form in _FORMS:
        for match in form.pattern.finditer(digits):
            begin, end = match.start(), match.start() + form.length
            first, after = begins.get(begin), begins.get(end)
            if first is not None and after is not None and _well_grouped(form, digits[begin:end], sizes[first:after]):
                yield form.kind, first, after
    yield from _cards_by_four(begins, sizes, digits)


def _cards_by_four(
    begins: Mapping[int, int], sizes: Sequence[int], digits: str
) -> Iterator[tuple[NumberKind, int, int]]:
    for begin, first in begins.items():
        if first < len(sizes) and sizes[first] >= _PRINTED:
            for length in _CARDS:
                after = begins.get(begin + length)
                if (
                    after
                    and min(sizes[first : after - 1], default=0) >= _PRINTED
                    and _is_card(digits[begin : begin + length])
                ):
                    yield "bank_card", first, after


def _exactly(digits: str) -> NumberKind | None:
    for form in _BY_LENGTH.get(len(digits), ()):
        if form.pattern.match(digits):
            return form.kind
    return "bank_card" if _is_card(digits) else None


def _inside(digits: str) -> NumberKind | None:
    """Tell what a longer run hides. A date, or a date and time, with a short serial behind it hides nothing."""
    if len(digits) > LONGEST:
        return "bank_card"
    if (stamp := _STAMP.match(digits)) and len(digits) - stamp.end() < SHORTEST:
        return None
    for form in _HIDDEN:
        if form.pattern.search(digits):
            return form.kind
    for cut in range(1, len(digits) - SHORTEST + 1):
        if (kind := _exactly(digits[cut:]) or _exactly(digits[:-cut])) in ("phone", "bank_card"):
            return kind
    return None


def _well_grouped(form: _Form, digits: str, sizes: Sequence[int]) -> bool:
    """Tell whether people split such a number so: digit by digit, in pairs, or behind its own beginning."""
    if len(sizes) < _SPLIT:
        return False
    if max(sizes) <= _PAIR:
        return len(set(sizes[:-1])) == 1  # 9 10 11 12 is counting
    if form.kind == "citizen_id":
        return form.length == 18 or sizes[0] == 6  # noqa: PLR2004  six digits of area, then a date
    if digits.startswith(("86", "0086")):
        return True
    return sizes[0] > _PAIR and (form.kind == "phone" or not _begins_with_month(digits, sizes))


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
