"""The redactor: finds what identifies people in free Chinese text and takes it out.

Found are mobile numbers, fixed lines (with area code, 400 or 800, or behind a word such as 电话), citizen ids of 18 and
15 digits, bank cards, vehicle plates and e-mail addresses; in full width or half width; digits together or in groups
with spaces, dashes, dots or brackets between. Where a run of digits hides a number inside, the whole run goes:
a stranger's order number lost is better than a phone number kept. Dates, times, amounts, house numbers and the numbers
of events stay. Linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from linli.trust.rules import numbers
from linli.trust.rules.halfwidth import half_width

Kind = Literal["mobile", "phone", "citizen_id", "bank_card", "plate", "email"]

SHOWN: dict[Kind, str] = {
    "mobile": "[手机号]",
    "phone": "[电话]",
    "citizen_id": "[证件号]",
    "bank_card": "[银行卡号]",
    "plate": "[车牌号]",
    "email": "[邮箱]",
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something personal in a text: `text[start:end]`."""

    start: int
    end: int
    kind: Kind


def find_personal(text: str) -> list[Finding]:
    """Return everything personal in the text, in order and without overlaps (what overlaps is one)."""
    plain = half_width(text)
    found = sorted((*_numbers(plain), *_plates(plain), *_emails(plain)), key=lambda one: (one.start, -one.end))
    merged: list[Finding] = []
    for one in found:
        if merged and one.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Finding(last.start, max(last.end, one.end), last.kind)
        else:
            merged.append(one)
    return merged


def redact(text: str) -> str:
    """Return the text with a word in brackets in place of everything personal. A redacted text stays as it is."""
    parts, at = [], 0
    for one in find_personal(text):
        parts += [text[at : one.start], SHOWN[one.kind]]
        at = one.end
    return "".join([*parts, text[at:]])


# A chain is groups of digits with at most three joining characters between them, and perhaps the X of a citizen id.
_JOIN = r"[ \-._·()\u200b\u200c\u200d\u2060\ufeff]"
_CHAIN = re.compile(rf"[0-9](?:{_JOIN}{{0,3}}[0-9])*(?:[ \-]?[Xx](?![A-Za-z]))?")
_DIGITS = "0123456789"
_GROUP = re.compile(r"[0-9]+")
_CUE = "电话|座机|固话|热线|致电|拨打|传真|号码|联系|[Tt][Ee][Ll]"
_CUED = re.compile(rf"(?<!\[)(?:{_CUE})[号码是为: (]{{0,4}}([2-8][0-9]{{6,7}})(?![0-9])")
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"(?:(?:[Ww][Jj][ ·.\-]{{0,2}}[{_PROVINCE}]?|[{_PROVINCE}][ ·.\-]{{0,2}}[A-HJ-NP-Za-hj-np-z])[ ·.\-]{{0,2}}"
    r"((?:[A-HJ-NP-Za-hj-np-z0-9][ ·.\-]?){4}(?:[挂学警港澳使领超试]|[A-HJ-NP-Za-hj-np-z0-9]{1,2})"
    r"|(?:[0-9][ ·.\-]?){3,4}领)"
    r"|使[ ·.\-]{0,2}[0-9]{3}[ ·.\-]?[0-9]{3}(?![0-9])|(?<![0-9])[0-9]{3}[ ·.\-]?[0-9]{3}使(?![用得馆者命]))"
)
_LOCAL = re.compile(r"[A-Za-z0-9._%+\-]{1,64} {0,2}$")
_DOMAIN = re.compile(r"@ {0,2}(?:[A-Za-z0-9\-]{1,63}[ ]?\.[ ]?){1,8}[A-Za-z]{2,24}")


def _numbers(plain: str) -> Iterator[Finding]:
    for match in _CUED.finditer(plain):
        yield Finding(match.start(1), match.end(1), "phone")
    for match in _CHAIN.finditer(plain):
        if match.end() - match.start() >= numbers.SHORTEST:
            yield from _in_chain(plain, match.start(), match.end())


def _in_chain(plain: str, start: int, end: int) -> Iterator[Finding]:
    groups = [found.span() for found in _GROUP.finditer(plain, start, end)]
    for begin, stop in groups:
        if kind := numbers.kind_of_run(plain[begin:stop]):
            yield Finding(begin, stop, kind)
    joined = "".join([plain[begin:stop] for begin, stop in groups])
    for kind, first, after in numbers.kinds_of_groups([stop - begin for begin, stop in groups], joined):
        yield Finding(groups[first][0], groups[after - 1][1], kind)
    if plain[end - 1] not in _DIGITS and numbers.ends_in_id_before_x(joined):
        yield Finding(_seventeenth(groups), end, "citizen_id")


def _seventeenth(groups: list[tuple[int, int]]) -> int:
    """Return where the seventeenth digit from the end stands."""
    left = 17
    for begin, stop in reversed(groups):
        if stop - begin >= left:
            return stop - left
        left -= stop - begin
    return groups[0][0]


def _plates(plain: str) -> Iterator[Finding]:
    for match in _PLATE.finditer(plain):
        body = match[1]
        if body is None or any(character.isdecimal() for character in body):
            yield Finding(match.start(), match.end(), "plate")


def _emails(plain: str) -> Iterator[Finding]:
    at = plain.find("@")
    while at >= 0:
        domain = _DOMAIN.match(plain, at)
        local = _LOCAL.search(plain, max(0, at - 66), at) if domain else None
        if domain and local:
            yield Finding(local.start(), domain.end(), "email")
        at = plain.find("@", at + 1)
