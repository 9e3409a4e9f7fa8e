"""Division codes 行政区划代码 and grid codes 网格编码: their digits, their levels, their parents.

A statistical division code 统计用区划代码 has 12 digits: 2 province, 2 city, 2 county (GB/T 2260), 3 street
(GB/T 10114), 3 community. Shorter codes are padded with zeros on the right. A grid code is a community code and a
serial of 3 digits.
"""

import re

LENGTHS = (2, 4, 6, 9, 12)
_DIGITS = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}")
_FULL = 12
MAX_SERIAL = 999


class BadCodeError(ValueError):
    """A text is not a division code."""


def pad(code: str) -> str:
    """Return the 12-digit form of a code of 2, 4, 6, 9 or 12 digits; raise BadCodeError otherwise."""
    if not _DIGITS.fullmatch(code) or code.startswith("00"):
        raise BadCodeError(code)
    return code.ljust(_FULL, "0")


def level_of(code: str) -> int:
    """Return the level 1 (province) to 5 (community) that a 12-digit code speaks of."""
    for level, length in enumerate(LENGTHS, start=1):
        if not code[length:].strip("0"):
            return level
    raise BadCodeError(code)


def parent_codes(code: str) -> list[str]:
    """Return the codes of possible parents, nearest first."""
    level = level_of(code)
    return [code[:length].ljust(_FULL, "0") for length in reversed(LENGTHS[: level - 1])]


def grid_code(community_code: str, serial: int) -> str:
    """Return the 15-digit grid code 网格编码."""
    if not 1 <= serial <= MAX_SERIAL:
        raise BadCodeError(f"{community_code}+{serial}")
    return f"{community_code}{serial:03d}"


def grid_serial(code: str) -> int:
    """Return the serial of a grid code."""
    return int(code[_FULL : _FULL + 3])
