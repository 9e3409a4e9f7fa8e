"""Which elements have risen since something was allowed with them, and whether it may go on 数据分级随血缘传递."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from linli.exchange.rules.slices import SENSITIVE, Element
from linli.trust import api as trust

Ground = dict[str, list[int]]
KNOWN_NO_MORE = int(trust.Grade.GENERAL_4)


@dataclass(frozen=True, slots=True)
class Rise:
    """One element with its grade when something was allowed, and now.

    `stops` where the grade of now is read with the permission for sensitive data only, and was not when it was allowed.
    """

    element: str
    before: int
    now: int
    stops: bool


def ground_of(elements: Mapping[str, Element], codes: Iterable[str]) -> Ground:
    """Return on what a decision about these elements stands: of each its grade and from which step it is read."""
    return {code: _standing(elements.get(code)) for code in codes}


def rises(stands_on: Mapping[str, Sequence[int]], elements: Mapping[str, Element]) -> list[Rise]:
    """Return the elements whose grade, or what their grade does, is stricter than when it was decided.

    An element that is not known any more counts as the highest of what people say of themselves.
    """
    found = []
    for code, (grade, step) in stands_on.items():
        now, step_now = _standing(elements.get(code))
        if now > grade or step_now > step:
            found.append(Rise(code, grade, now, stops=step_now >= SENSITIVE))
    return found


def _standing(element: Element | None) -> list[int]:
    grade = element.grade if element else KNOWN_NO_MORE
    return [int(grade), trust.handling(grade).step]
