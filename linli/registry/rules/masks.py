"""What is shown of a value to somebody who need not know it whole 脱敏, and how fresh it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from linli.registry.rules.elements import ElementInfo
from linli.trust import api as trust

HIDDEN = "•••"
LOW = 2  # what every list shows plainly
TAIL = 4
Shown = Literal["plain", "masked", "hidden"]
Freshness = Literal["fresh", "ageing", "stale"]


@dataclass(frozen=True, slots=True)
class Clearance:
    """Up to which step of `trust.SIGHT` a viewer reads values plainly; below the first step nothing is shown at all.

    `highest` and `only` are the grade and the elements that a purpose needs: beyond them stays masked what not every
    list shows.
    """

    step: int
    highest: int = max(trust.Grade)
    only: frozenset[str] | None = None

    def of(self, element: ElementInfo) -> Shown:
        """Return how an element is shown, by what its grade does."""
        line = trust.handling(element.grade)
        needed = element.grade <= self.highest and (self.only is None or element.code in self.only)
        if self.step >= line.step:
            return "plain" if needed or line.step <= LIST.step else "masked"
        return "masked" if line.masked and self.step >= LIST.step else "hidden"


NOTHING, LIST = Clearance(-1), Clearance(0)
CLEARANCES = {
    "registry.see": LIST,
    "registry.reveal": Clearance(1),
    "registry.sensitive": Clearance(2),
}


def clearance_of(capabilities: Iterable[str]) -> Clearance:
    """Return the widest clearance that any of the capabilities gives."""
    return Clearance(max((CLEARANCES[one].step for one in capabilities if one in CLEARANCES), default=NOTHING.step))


def masked(element: ElementInfo, value: Any) -> str:
    """Return the value behind its mask. A grade that is masked without saying how shows nothing."""
    text = str(value)
    if element.mask == "all" or (not (line := trust.handling(element.grade)).masked and line.step > LIST.step):
        return HIDDEN
    if element.mask == "none":
        return HIDDEN if element.is_sealed else text
    return _MASKS[element.mask](text)


def shown(element: ElementInfo, value: Any, clearance: Clearance) -> tuple[Shown, Any]:
    """Return how a value is shown to somebody, and what of it."""
    way = clearance.of(element)
    if way == "plain":
        return way, value
    return (way, masked(element, value)) if way == "masked" else (way, HIDDEN)


def ledger_word(kind: str, code: str, way: Shown) -> str:
    """Return how the ledger names an element that was read: `person.phone`, or `person.phone.masked`."""
    return f"{kind}.{code}" if way == "plain" else f"{kind}.{code}.masked"


def freshness(element: ElementInfo, observed_at: datetime, now: datetime) -> Freshness:
    """Return fresh within the element's days, ageing within twice as many, then stale."""
    days = (now - observed_at).days
    if element.fresh_days is None or days <= element.fresh_days:
        return "fresh"
    return "ageing" if days <= 2 * element.fresh_days else "stale"


def _tail(text: str) -> str:
    return "*" * max(0, len(text) - TAIL) + text[-TAIL:] if len(text) > TAIL else HIDDEN


_MASKS: Mapping[str, Callable[[str], str]] = {
    "name": trust.mask_name,
    "phone": trust.mask_phone,
    "citizen_id": trust.mask_citizen_id,
    "year": lambda text: text[:4],
    "tail": _tail,
}
