"""The rules over looks 异常查阅规则: what each counts, from what limit on it speaks, and the sentence in numbers."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.look_model import A_FEW, WORKING_DAYS, Baseline, Moved
from linli.trust.rules.looks import COLLEAGUE, FAMILY, NEIGHBOUR, LookDay

WINDOW = 14  # days over which slow signals add up, and over which findings about one account become one review
RAISE_AT, HINT = 1.0, 0.66
MARKED = "marked"  # the one rule that a county can't loosen: people rely on it


@dataclass(frozen=True, slots=True)
class LookRule:
    """One rule: the signal that it counts and the sentence that tells a finding.

    `over_days` says that the value is that of several days. `hints` says that two thirds of the limit count a third.
    """

    code: str
    label: str | Promise
    sentence: str | Promise
    mark: str
    over_days: bool = False
    hints: bool = True


RULES = {
    rule.code: rule
    for rule in (
        LookRule(
            "family", _("oneself or own family"),
            _(
                "%(value)d looks at oneself, the own family or home without a case in two weeks; from %(limit)g on"
            ),
            FAMILY, over_days=True,
        ),
        LookRule(
            MARKED, _("each look is reviewed"),
            _("looked at %(value)d people at whom each look is reviewed, with a case or without"),
            MARKED, hints=False,
        ),
        LookRule(
            "neighbour", _("own neighbours"),
            _(
                "%(value)d looks at neighbours of the own building, outside a round and without a case; from "
                "%(limit)g on"
            ),
            NEIGHBOUR, over_days=True,
        ),
        LookRule(
            "colleague", _("colleagues"),
            _("%(value)d looks at people who work in the same unit without a case in two weeks; from %(limit)g on"),
            COLLEAGUE, over_days=True,
        ),
        LookRule(
            "renown", _("much looked at"),
            _(
                "looked without a case at somebody whom %(value)d different accounts opened so in a week; from "
                "%(limit)g on"
            ),
            "uncovered", hints=False,
        ),
        LookRule(
            "no_case", _("no open case"),
            _(
                "%(value)d people opened without a case in a day, %(times).1f times a busy day in this post; "
                "from %(limit)g on"
            ),
            "uncovered",
        ),
        LookRule(
            "far", _("far from the area"),
            _("%(value)d people of other areas opened without a case in a week; from %(limit)g on"),
            "far", over_days=True,
        ),
        LookRule(
            "night", _("outside duty"),
            _(
                "%(value)d people opened outside working time and duty without a case, alone in the unit; from "
                "%(limit)g on"
            ),
            "night",
        ),
        LookRule(
            "sweep", _("many in a short time"),
            _("%(value)d people opened within ten minutes without a case; from %(limit)g on"),
            "burst",
        ),
        LookRule(
            "walk", _("one door after the other"),
            _("%(value)d people of one building or one surname opened one after the other; from %(limit)g on"),
            "walk",
        ),
        LookRule(
            "trickle", _("a few each day"),
            _(
                "%(people)d people opened without a case, a few on %(days)d days of two weeks: %(value).1f "
                "times what is usual; from %(limit)g times on"
            ),
            "uncovered", over_days=True,
        ),
        LookRule(
            "refused", _("many refusals"),
            _("%(value)d different things asked for and refused in two days; from %(limit)g on"),
            "refused", over_days=True,
        ),
        LookRule(
            "habit", _("sudden change of habit"),
            _("the day differs by %(value).1f from the own past and from others in this post; from %(limit)g on"),
            "uncovered",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """How a county sets one rule: whether it is on, its limit, and how much it weighs; 1 raises a review alone."""

    on: bool
    limit: float
    weight: float


@dataclass(frozen=True, slots=True)
class LookFinding:
    """What one rule saw on one day of one account. `behind` are the ids of the looks; `facts` fill the sentence."""

    person_id: UUID
    unit_id: int | None
    post: str
    day: date
    rule: str
    value: float
    limit: float
    points: float
    behind: tuple[str, ...]
    facts: Mapping[str, float] = field(default_factory=dict)
    moved: tuple[Moved, ...] = ()


class Memory(Protocol):
    """What the rules ask about other days and other people."""

    def past(self, person_id: UUID, day: date) -> Sequence[LookDay]:
        """Return the days of this account before `day`, at most thirty days back, oldest first."""

    def curious(self, subjects: frozenset[str], day: date) -> Mapping[str, int]:
        """Return how many accounts opened each of these without a case within the week that ends on the day."""

    def others_at_night(self, whose_unit: int | None, person_id: UUID, day: date) -> int:
        """Return how many others of the unit opened people outside duty on that day."""


def judge(today: LookDay, memory: Memory, settings: Mapping[str, Setting], baseline: Baseline) -> list[LookFinding]:
    """Return what the rules find on one day of one account, those that are on."""
    past = memory.past(today.whose.person_id, today.whose.day)
    case = _Case(today, past, memory, baseline)
    found = []
    for code, rule in RULES.items():
        setting = settings.get(code)
        if setting is None or not setting.on:
            continue
        value, behind, more = MEASURES[code](case, rule, setting)
        if behind and value > 0 and (points := _points(value, setting, hints=rule.hints)):
            moved = baseline.moved(today, past) if code == "habit" else ()
            found.append(LookFinding(
                today.whose.person_id, today.whose.unit_id, today.whose.post, today.whose.day, code, value,
                setting.limit, points, behind, more, moved,
            ))  # fmt: skip
    return found


def raises(findings: Sequence[LookFinding]) -> bool:
    """Tell whether findings about one account in one period make a review: the strongest of each rule add up to 1."""
    return weight_of(findings) >= RAISE_AT


def weight_of(findings: Sequence[LookFinding]) -> float:
    """Return what findings about one account weigh together: the strongest of each rule."""
    strongest: dict[str, float] = {}
    for one in findings:
        strongest[one.rule] = max(strongest.get(one.rule, 0.0), one.points)
    return round(sum(strongest.values()), 4)


def _points(value: float, setting: Setting, *, hints: bool) -> float:
    """Return the weight from the limit on, twice at most; of a rule that hints a third from two thirds on."""
    share = value / setting.limit
    if share >= 1:
        return round(setting.weight * min(share, 2.0), 4)
    return round(setting.weight / 3, 4) if hints and share >= HINT else 0.0


Measured = tuple[float, tuple[str, ...], dict[str, float]]
Measure = Callable[["_Case", LookRule, Setting], Measured]


class _Case:
    """One day under judgement. Whom the account opened with a case within a month is known from work."""

    def __init__(self, today: LookDay, past: Sequence[LookDay], memory: Memory, baseline: Baseline) -> None:
        self.today, self.past, self.memory, self.baseline = today, past, memory, baseline
        self._known = today.worked.union(*(one.worked for one in past))

    def recent(self, days: int) -> list[LookDay]:
        """Return the days up to today, so many back."""
        first = self.today.whose.day.toordinal() - days
        return [*(one for one in self.past if one.whose.day.toordinal() > first), self.today]

    def looks(self, mark: str, days: Sequence[LookDay] | None = None) -> dict[str, str]:
        """Return the looks of a signal at people not known from work, with whom they concern; of today, or of days."""
        return {
            look: one.subjects[look]
            for one in (days or [self.today])
            for look in one.marks.get(mark, ())
            if mark == "refused" or one.subjects[look] not in self._known
        }

    def news(self, mark: str) -> dict[str, str]:
        """Return the looks of two weeks at people whom the account had not opened in the two weeks before those."""
        recent = self.recent(WINDOW)
        old = {who for one in self.past if one not in recent for who in one.subjects.values()}
        return {look: who for look, who in self.looks(mark, recent).items() if who not in old}

    def people(self, mark: str, day: LookDay | None = None) -> int:
        """Return how many different people these are."""
        return len(set(self.looks(mark, [day or self.today]).values()))


def _looks_over(days: int) -> Measure:
    def measured(case: _Case, rule: LookRule, _setting: Setting) -> Measured:
        behind = case.looks(rule.mark, case.recent(days)) if case.looks(rule.mark) else {}
        return len(behind), tuple(behind), {}

    return measured


def _people_over(days: int) -> Measure:
    def measured(case: _Case, rule: LookRule, _setting: Setting) -> Measured:
        behind = case.looks(rule.mark, case.recent(days)) if case.looks(rule.mark) else {}
        return len(set(behind.values())), tuple(behind), {}

    return measured


def _few_new(case: _Case, rule: LookRule, _setting: Setting) -> Measured:
    """Count the looks of two weeks at the two most looked at of those who were not opened in the weeks before.

    Taken off is what the two most looked at of all others have more than one look each: some work needs many looks,
    and who works where they live meets neighbours every day.
    """
    behind = case.news(rule.mark) if case.looks(rule.mark) else {}
    few = _most(behind)
    others = _most({look: who for look, who in case.news("uncovered").items() if look not in behind}) if few else ()
    return max(0, len(few) - max(0, len(others) - 2)), few, {}


def _most(looks: Mapping[str, str]) -> tuple[str, ...]:
    most = {who for who, _count in Counter(looks.values()).most_common(2)}
    return tuple(look for look, who in looks.items() if who in most)


def _pattern(case: _Case, rule: LookRule, _setting: Setting) -> Measured:
    """Count people of a pattern, known from work or not: the pattern is what is unusual."""
    return case.today.count(rule.mark), case.today.marks.get(rule.mark, ()), {}


def _today(case: _Case, rule: LookRule, _setting: Setting) -> Measured:
    return case.people(rule.mark), tuple(case.looks(rule.mark)), {}


def _night(case: _Case, rule: LookRule, setting: Setting) -> Measured:
    whose = case.today.whose
    if case.looks("night") and case.memory.others_at_night(whose.unit_id, whose.person_id, whose.day) >= TOGETHER:
        return 0, (), {}
    return _today(case, rule, setting)


def _renown(case: _Case, rule: LookRule, setting: Setting) -> Measured:
    looks = case.looks(rule.mark)
    crowd = case.memory.curious(frozenset(looks.values()), case.today.whose.day) if looks else {}
    most = max(crowd.values(), default=0)
    return most, tuple(look for look, who in looks.items() if crowd.get(who, 0) >= min(most, setting.limit)), {}


def _no_case(case: _Case, rule: LookRule, _setting: Setting) -> Measured:
    count = case.people(rule.mark)
    own = sorted(case.people(rule.mark, one) for one in case.past)
    usual = max(1.0, case.baseline.high(case.today.whose.post, rule.mark), own[-2] if len(own) > 1 else 0)
    if count < MORE * usual:
        return 0, (), {}
    return count, tuple(case.looks(rule.mark)), {"times": count / usual}


def _trickle(case: _Case, rule: LookRule, _setting: Setting) -> Measured:
    """Compare on how many days of two weeks a few were opened with the own weeks before and with the post."""
    recent = case.recent(WINDOW)
    counts = [case.people(rule.mark, one) for one in recent]
    days = sum(count >= A_FEW for count in counts)
    if not case.looks(rule.mark):
        return 0, (), {}
    before = [case.people(rule.mark, one) for one in case.past if one not in recent]
    own = sum(count >= A_FEW for count in before) * WORKING_DAYS / max(WORKING_DAYS, len(before))
    usual = max(LEAST_DAYS, own, case.baseline.fortnight(case.today.whose.post))
    return round(days / usual, 3), tuple(case.looks(rule.mark, recent)), {"people": sum(counts), "days": days}


def _habit(case: _Case, rule: LookRule, _setting: Setting) -> Measured:
    return case.baseline.score(case.today, case.past), tuple(case.looks(rule.mark)), {}


TOGETHER, LEAST_DAYS, MORE = 2, 3.0, 1.5
MEASURES = {
    "family": _looks_over(WINDOW),
    MARKED: _pattern,
    "neighbour": _few_new,
    "colleague": _few_new,
    "renown": _renown,
    "no_case": _no_case,
    "far": _people_over(7),
    "night": _night,
    "sweep": _pattern,
    "walk": _pattern,
    "trickle": _trickle,
    "refused": _people_over(2),
    "habit": _habit,
}
