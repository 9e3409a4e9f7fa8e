"""What may be told of in a change feed: elements as `kind.code`, and why some may not."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from linli.exchange.rules.refusals import SliceRefusedError
from linli.trust import api as trust

SENSITIVE = trust.SIGHT.index("sensitive")


class Element(Protocol):
    """What is asked of a data element."""

    @property
    def grade(self) -> int:
        """The data grade, see `trust.Grade`."""

    @property
    def sharing(self) -> str:
        """The sharing kind."""


def by_kind(elements: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return codes by kind from `kind.code` texts."""
    found: dict[str, list[str]] = {}
    for one in elements:
        kind, _dot, code = one.partition(".")
        found.setdefault(kind, []).append(code)
    return {kind: tuple(codes) for kind, codes in found.items()}


def check_slice(
    wanted: Mapping[str, Iterable[str]],
    known: Mapping[str, Mapping[str, Element]],
    *,
    until: datetime,
    now: datetime,
    sensitive: bool,
) -> None:
    """Raise SliceRefusedError where the slice is empty, over, or names what may not be told."""
    if not wanted or until <= now:
        raise SliceRefusedError(_("A slice names at least one element and ends in the future."))
    for kind, codes in wanted.items():
        for code in codes:
            element = known.get(kind, {}).get(code)
            if element is None:
                raise SliceRefusedError(_("There is no such element in use."))
            if element.sharing == "none":
                raise SliceRefusedError(
                    _("One of the elements is not shared; its legal basis stands in the dictionary.")
                )
    grade = trust.grade_of_set((known[kind][code].grade for kind, codes in wanted.items() for code in codes), people=0)
    if trust.handling(grade).step >= SENSITIVE and not sensitive:
        raise SliceRefusedError(_("Sensitive elements are granted by who may see them."))
