"""Which forms a place's name takes in Chinese speech: 南苑街道, 南苑街道办事处, 南苑; 第三网格, 3号网格."""

import re
import unicodedata
from collections.abc import Iterator

_STREET = re.compile(r"(.{2,}?)(?:街道办事处|街道办|街道|镇人民政府|镇政府|镇|乡人民政府|乡政府|乡)")
_COMMUNITY = re.compile(r"(.{2,}?)(?:社区居民委员会|社区居委会|居民委员会|居委会|村民委员会|村委会|社区|村)")
_COMMUNITY_FORMS = ("社区", "居委会", "社区居委会", "村", "村委会", "居民委员会", "村民委员会")
_GRID = re.compile(r"(.*?)第?([0-9]{1,3}|[一二三四五六七八九十]{1,3})号?网格")
_DIGITS = "零一二三四五六七八九"
_TEN = 10
_HUNDRED = 100
_SHORTEST = 2
_LONGEST = 100


def clean_name(name: str) -> str:
    """Return the name without outer blanks; empty when it is unusable: over 100 characters, or with control characters.

    Rare characters outside the basic plane, and such as Unicode got only lately, are kept as they are.
    """
    clean = name.strip()
    usable = len(clean) <= _LONGEST and not any(unicodedata.category(char) in {"Cc", "Cs"} for char in clean)
    return clean if usable else ""


def street_forms(name: str) -> Iterator[tuple[str, bool]]:
    """Yield (form, certain) for a street, town or township 街道、镇、乡. A form without its suffix is not certain."""
    yield name, True
    if found := _STREET.fullmatch(name):
        yield found[1], False


def community_forms(name: str) -> Iterator[tuple[str, bool]]:
    """Yield (form, certain) for a community or village 社区、村, with the ways people name its committee."""
    yield name, True
    if found := _COMMUNITY.fullmatch(name):
        stem = found[1]
        yield from ((stem + suffix, True) for suffix in _COMMUNITY_FORMS if stem + suffix != name)
        yield stem, False


def grid_forms(name: str) -> Iterator[tuple[str, bool]]:
    """Yield (form, certain) for a grid 网格: its number in digits or characters, with 第 or 号 or both."""
    yield name, True
    found = _GRID.fullmatch(name)
    if not found:
        return
    number = int(found[2]) if found[2].isdigit() else _number(found[2])
    numerals = {str(number), f"{number:02d}", numeral(number)} if 0 < number < _HUNDRED else {found[2]}
    for written in sorted(numerals):
        for form in (f"第{written}网格", f"{written}号网格", f"第{written}号网格"):
            yield form, True
            if found[1]:
                yield found[1] + form, True


def plain_forms(name: str) -> Iterator[tuple[str, bool]]:
    """Yield (form, certain) for an estate, road or landmark 小区、道路、地标: its name and nothing else."""
    if len(name) >= _SHORTEST:
        yield name, True


def numeral(number: int) -> str:
    """Return 1 to 99 in Chinese characters: 3 三, 10 十, 12 十二, 20 二十."""
    tens, ones = divmod(number, _TEN)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")


def _number(text: str) -> int:
    head, ten, tail = text.partition("十")
    if not ten:
        return _DIGITS.find(head) if len(head) == 1 else 0
    return (_DIGITS.find(head) if head else 1) * _TEN + (_DIGITS.find(tail) if tail else 0)
