"""Two addresses made comparable 地址归一: the place as words, and the numbers of the door in their order."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
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
_PLACE_ENDS, _ROAD_ENDS = "路街巷道里村区镇乡园苑城庄坊", "路街巷道"
SHORTEST_NAME = 2


@dataclass(frozen=True)
class OldNames:
    """How former streets, estates and villages are called today 新旧地名对照; compiled once, then only read.

    A name counts where it begins the words of a place or follows another place (新村东风路), never inside another name:
    新东风路 and 建设新村路 stay what they are.
    """

    table: Mapping[str, str] = field(default_factory=dict)

    def today(self, words: str) -> str:
        """Return the words of a place as it is called today."""
        if self._pattern is None or not words:
            return words
        return self._pattern.sub(lambda found: self._plain[found[0]], words)

    @cached_property
    def codes(self) -> dict[int, int]:
        """The codes of places that are one former name and nothing else, and the codes of their names of today."""
        return {place_code(old): place_code(new) for old, new in self._plain.items()}

    @cached_property
    def _plain(self) -> dict[str, str]:
        """The table without what the words of a place leave out."""
        pairs = ((old.translate(_LEFT_OUT), new.translate(_LEFT_OUT)) for old, new in self.table.items())
        return {old: new for old, new in pairs if len(old) >= SHORTEST_NAME and new and old != new}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self._plain:
            return None
        longest = sorted(self._plain, key=lambda name: (-len(name), name))
        return re.compile(f"(?:^|(?<=[{_PLACE_ENDS}]))(?:{'|'.join(map(re.escape, longest))})(?![{_ROAD_ENDS}])")


NO_OLD_NAMES = OldNames()


def parts_of(address: str, old_names: OldNames = NO_OLD_NAMES) -> tuple[str, tuple[int, ...]]:
    """Return the words of the place and up to four numbers of the door: `("青石巷", (7, 2, 1, 201))`.

    Divisions in front are left out, numbers in Chinese become digits, places bear their names of today.
    """
    text = address if unicodedata.is_normalized("NFKC", address) else unicodedata.normalize("NFKC", address)
    if _COUNTED.search(text):
        text = _COUNTED.sub(lambda found: str(number_of(found[0])), text)
    first = _NUMBER.search(text)
    before = first.start() if first else len(text)
    words = _words_of(text[:before]) + text[before:].translate(_LEFT_OUT)
    return old_names.today(words), tuple(int(one) % 65535 for one in _NUMBER.findall(text, before)[:MOST_NUMBERS])


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
