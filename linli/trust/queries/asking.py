"""The list of what is asked of people 收集清单, with what is too much in it and what was decided about that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from linli.trust.models import ExcessDecision, ImpactAssessment
from linli.trust.queries.activities import register_on
from linli.trust.queries.ask_less import policy_in_force
from linli.trust.queries.askers import askings_today
from linli.trust.queries.assessments import holding
from linli.trust.rules.activities import Activity
from linli.trust.rules.asking import DEVICE, Asking, Excess, excesses

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding and the newest decision about it; `is_open` where it waits for one, or its day has passed."""

    it: Excess
    decision: ExcessDecision | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Asker:
    """One that asks, the activity it is for (None: none in force), and its findings, the heaviest first."""

    it: Asking
    activity: Activity | None
    found: tuple[Judged, ...]

    @property
    def open_points(self) -> float:
        """How much weighs what nobody has decided."""
        return round(sum(one.it.points for one in self.found if one.is_open), 1)

    @property
    def open_count(self) -> int:
        """How many findings nobody has decided."""
        return sum(one.is_open for one in self.found)


def asked_of_people(day: date) -> list[Asker]:
    """Return everything that asks, what weighs most on top. Three queries and those of the askers."""
    return sorted(judge(askings_today(day), day=day), key=lambda one: (-one.open_points, one.it.code))


def judge(askings: Sequence[Asking], *, day: date) -> list[Asker]:
    """Return each with its findings as the rules and the register say on a day; what was decided stands with them."""
    register, policy = register_on(day), policy_in_force()
    sort = ImpactAssessment.Sort
    activities = holding(day, sort=sort.ACTIVITY, subjects={one.activity for one in askings})
    devices = {one.code for one in askings if one.kind == DEVICE}
    own = holding(day, sort=sort.DEVICE, subjects=devices) if devices else {}
    decided = _decided({one.code for one in askings})
    found = []
    for one in askings:
        activity = register.get(one.activity)
        is_assessed = one.code in own or one.activity in activities
        excess = excesses(one, activity=activity, policy=policy, is_assessed=is_assessed)
        found.append(Asker(one, activity, tuple(_judged(each, decided, day) for each in excess)))
    return found


def findings_of(asking: Asking, *, day: date) -> Asker:
    """Return one that asks, judged: for the moment at which an application, a grant or a device is decided."""
    return judge([asking], day=day)[0]


def _judged(excess: Excess, decided: dict[Key, ExcessDecision], day: date) -> Judged:
    decision = decided.get((excess.asking, excess.rule, excess.element))
    return Judged(excess, decision, is_open=decision is None or decision.until < day)


def _decided(askings: Iterable[str]) -> dict[Key, ExcessDecision]:
    rows = ExcessDecision.objects.filter(asking__in=askings).select_related("decided_by")
    newest = rows.order_by("asking", "rule", "element", "-id").distinct("asking", "rule", "element")
    return {(row.asking, row.rule, row.element): row for row in newest}
