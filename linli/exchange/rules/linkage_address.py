"""Two addresses made comparable 地址归一: the place as words, and the numbers of the door in their order."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from zlib import crc32

MOST_NUMBERS = 4
_DIGIT = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_COUNTED = re.compile(r"[零〇一二两三四五六七八九十百]+(?=[号栋幢座院弄单层楼室组门])")
_ABOVE = re.compile(
    r"^(?:[^\d]{2,8}?(?:省|自治区))?(?:[^\d]{2,8}?市)?(?:[^\d]{1,8}?(?<![小社园新])(?:区|县|旗))?"
    r"(?:[^\d]{1,8}?(?:街道|镇|乡))?(?:[^\d]{1,8}?(?:社区|居委会|村委会))?"
)
_LEFT_OUT = dict.fromkeys(map(ord, "0123456789号院栋幢座楼弄单元层室户组门附之#-—_/,，.。()（） \t"))
_NUMBER = re.compile(r"\d+")


def parts_of(address: str, old_names: Mapping[str, str] | None = None) -> tuple[str, tuple[int, ...]]:
    """Return the words of the place and up to four numbers of the door: `("青石巷", (7, 2, 1, 201))`.

    Divisions in front are left out, numbers in Chinese become digits. `old_names` says how former streets and estates
    are called now.
    """
    text = address if unicodedata.is_normalized("NFKC", address) else unicodedata.normalize("NFKC", address)
    if _COUNTED.search(text):
        text = _COUNTED.sub(lambda found: str(number_of(found[0])), text)
    first = _NUMBER.search(text)
    before = first.start() if first else len(text)
    words = _words_of(text[:before]) + text[before:].translate(_LEFT_OUT)
    for old, new in (old_names or {}).items():
        words = words.replace(old, new)
    return words, tuple(int(one) % 65535 for one in _NUMBER.findall(text, before)[:MOST_NUMBERS])


@lru_cache(maxsize=50_000)
def _words_of(text: str) -> str:
    """Return the words before the first number without divisions."""
    text = "".join(text.split())
    text = text[_ABOVE.match(text).end() :] or text  # type: ignore[union-attr]  # the pattern matches the empty text
    return text.translate(_LEFT_OUT)


def place_code(words: str) -> int:
    """Return a number for the words of a place, 0 for none."""
    return crc32(words.encode()) or 1 if words else 0


def number_of(text: str) -> int:
    """Return the number that Chinese digits below a thousand say: 十二 is 12, 二〇一 is 201."""
    if not set(text) & {"十", "百"}:
        return int("".join(str(_DIGIT[one]) for one in text))
    total, last = 0, 0
    for one in text:
        if one in _DIGIT:
            last = _DIGIT[one]
        else:
            total += (last or 1) * (10 if one == "十" else 100)
            last = 0
    return total + last
