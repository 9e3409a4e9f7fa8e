"""How lists and reasons are written for people, and what a Boolean of another system is called."""

from collections.abc import Iterable, Mapping

YES, NO = "是", "否"
VEIL = "＊"


def said_of(reason: Mapping[str, str]) -> str:
    """Return one reason as people read it: the column, then what is wrong."""
    return f"{reason['column']}：{reason['sentence']}" if reason["column"] else reason["sentence"]


def all_said(reasons: Iterable[Mapping[str, str]]) -> str:
    """Return the reasons of a row in one line."""
    return "；".join(map(said_of, reasons))
