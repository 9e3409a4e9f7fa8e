"""The value of a condition as an officer writes it: 是 and 否, the name of a class, in place of how it is kept."""

from typing import Protocol

from linli.kernel import api as kernel

YES, NO = "yes", "no"
_SAID = {YES: ("是", "有", "√", "yes", "true"), NO: ("否", "无", "no", "false")}
_FLAGS = {word: value for value, words in _SAID.items() for word in words}


class ElementLike(Protocol):
    """What a condition is over."""

    @property
    def type(self) -> str:
        """How its values are kept."""

    @property
    def table(self) -> str:
        """Its code table, if it has one."""


def in_words(element: ElementLike | None, value: str) -> str:
    """Return a kept value as it is shown."""
    if element is None or not value:
        return value
    if element.type == "flag":
        return _SAID[value][0] if value in _SAID else value
    return kernel.code_label(element.table, value) if element.table else value


def from_words(element: ElementLike | None, words: str) -> str:
    """Return what somebody wrote as it is kept; what means nothing, or several, stays as it was written."""
    if element is None:
        return words
    if element.type == "flag":
        return _FLAGS.get(words.lower(), words)
    labels = {one.code: one.label for one in kernel.code_entries(element.table)} if element.table else {}
    if words in labels:
        return words
    same = [code for code, label in labels.items() if label == words]
    alike = same or [code for code, label in labels.items() if words and label.startswith(words)]
    return alike[0] if len(alike) == 1 else words


__all__ = ["from_words", "in_words"]
