"""Boxes to tick 勾选项: what is known is marked in the issuer's own words, 男□ 女□ becomes 男☑ 女□."""

import re

_TICKED = {"□": "☑", "☐": "☑", "○": "●"}
_BEFORE = re.compile(r"([□☐○])(\s*)([^□☐○\s、,，;；/()（）]+)")
_BEHIND = re.compile(r"([^□☐○\s、,，;；/()（）:：]+)(\s*)([□☐○])")
_BOX = re.compile(r"[□☐○]")


def has_boxes(text: str) -> bool:
    """Tell whether there is more than one empty box."""
    return len(_BOX.findall(text)) > 1


def ticked(text: str, value: str) -> str:
    """Return a text with the box ticked that stands by a value; as it is where none or several do."""
    is_before = bool(_BOX.match(text.strip()))
    pattern, word, box = (_BEFORE, 3, 1) if is_before else (_BEHIND, 1, 3)
    for alike in (_same, _within):
        if len(found := [one for one in pattern.finditer(text) if alike(one[word], value)]) == 1:
            begin, end = found[0].span(box)
            return text[:begin] + _TICKED[text[begin:end]] + text[end:]
    return text


def _same(word: str, value: str) -> bool:
    return word == value


def _within(word: str, value: str) -> bool:
    return bool(value) and (word in value or value in word)


__all__ = ["has_boxes", "ticked"]
