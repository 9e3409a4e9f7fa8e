"""Over-collection 过度收集: what somebody asks of people, judged by what its purpose needs; the rules are data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.activities import CONSENT, HIGHEST, Activity
from linli.trust.rules.ask_less import RULES, Policy

Text = str | Promise
FORM, APP, GRANT, DEVICE, DATASET = "form", "app", "grant", "device", "dataset"
KINDS: Mapping[str, Text] = {
    FORM: _("form"), APP: _("interface"), GRANT: _("grant"), DEVICE: _("device"), DATASET: _("application for data"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One data element that is asked for, as `person.phone`.

    `grade` 1 to 6 as the catalogue says, `is_sensitive` by PIPL article 28. `necessity` says in words why it is needed,
    `has_consent` that separate consent is asked for it, `is_held` that the base holds it for those who are asked and it
    is not shown to them to confirm.
    """

    code: str
    label: Text
    grade: int = 1
    is_sensitive: bool = False
    is_required: bool = False
    necessity: Text = ""
    has_consent: bool = False
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What asks 收集场景: a form, an interface, a grant, a device or an application, for which purpose, for what.

    `activity` is the code in the register. `kept_months` 0 is as the activity says. `of_children` tells that it is made
    for people under 14, `has_guardian` that a guardian is asked. `unit_id` answers for it.
    """

    code: str
    kind: str
    label: Text
    activity: str = ""
    elements: tuple[Asked, ...] = ()
    url: str = ""
    unit_id: int | None = None
    kept_months: int = 0
    of_children: bool = False
    has_guardian: bool = False


@dataclass(frozen=True, slots=True)
class Excess:
    """A finding 过度收集线索: which rule, about which element; empty `element` where it is about the whole.

    `points` ranks: the weight of the rule times the grade.
    """

    asking: str
    rule: str
    element: str
    label: Text
    sentence: Text
    basis: str
    points: float


@dataclass(frozen=True, slots=True)
class _Case:
    """What a rule judges: who asks, by which activity, by which policy; which codes are asked together."""

    asking: Asking
    activity: Activity | None
    policy: Policy
    is_assessed: bool
    codes: frozenset[str] = field(default_factory=frozenset)


SENTENCES: Mapping[str, Text] = {
    "no_activity": _("No activity in force stands in the register for this; nobody can say what it is needed for."),
    "activity_open": _("Its activity names no data elements, so it allows all of them; name those it needs."),
    "not_in_activity": _("The activity does not name this element: leave it out, or say there why it is needed."),
    "grade_above": _("Its grade is above the highest grade of the activity."),
    "sensitive_unjustified": _("It is sensitive, and nothing says why it can't be done without."),
    "sensitive_no_consent": _("It is sensitive and rests on consent, but separate consent is not asked for."),
    "child": _("Children under 14 are asked, and no guardian agrees."),
    "biometric": _("It is read from the body. Let people choose another way, and say why no other way does."),
    "identity_number": _("Names and telephones that are asked here, too, do in its stead."),
    "ask_once": _("The base holds it already: show it and let people confirm it."),
    "forced": _("Who does not give it is turned away, although the activity does not name it; make it optional."),
    "kept_too_long": _("It is kept longer than its activity says."),
    "assessment_missing": _("Sensitive data are handled without an impact assessment that is still valid."),
}


def excesses(
    asking: Asking, *, activity: Activity | None, policy: Policy, is_assessed: bool = False
) -> tuple[Excess, ...]:
    """Return what is too much in it, the heaviest first. `activity` is that of the register; None: there is none."""
    case = _Case(asking, activity, policy, is_assessed, frozenset(one.code for one in asking.elements))
    found = [*_of_whole(case), *(each for one in asking.elements for each in _of_element(case, one))]
    return tuple(sorted(found, key=lambda one: (-one.points, one.element, RULES.index(one.rule))))


def _of_whole(case: _Case) -> Iterable[Excess]:
    highest = max((one.grade for one in case.asking.elements), default=1)
    return [_found(case, rule, "", "", highest) for rule, holds in _WHOLE.items() if _is_on(case, rule) and holds(case)]


def _of_element(case: _Case, one: Asked) -> Iterable[Excess]:
    return [
        _found(case, rule, one.code, one.label, one.grade)
        for rule, holds in _ELEMENT.items()
        if _is_on(case, rule) and holds(case, one)
    ]


def _found(case: _Case, rule: str, element: str, label: Text, grade: int) -> Excess:
    said = case.policy.rules[rule]
    points = round(100 * said.weight * min(grade, HIGHEST) / HIGHEST, 1)
    return Excess(case.asking.code, rule, element, label, SENTENCES[rule], said.basis, points)


def _is_on(case: _Case, rule: str) -> bool:
    return case.policy.rules[rule].on


def _names(case: _Case) -> tuple[str, ...]:
    return case.activity.elements if case.activity else ()


def _is_outside(case: _Case, one: Asked) -> bool:
    return bool(_names(case)) and one.code not in _names(case)


def _is_biometric(case: _Case, one: Asked) -> bool:
    return any(word in str(one.label) for word in case.policy.biometric)


def _lower_does(case: _Case, one: Asked) -> bool:
    lower = case.policy.lower.get(one.code, ())
    return bool(lower) and not one.necessity and bool(set(lower) & case.codes)


def _rests_on_consent(case: _Case) -> bool:
    return case.activity is not None and case.activity.basis == CONSENT


def _kept_too_long(case: _Case) -> bool:
    return case.activity is not None and 0 < case.activity.kept_months < case.asking.kept_months


_WHOLE: Mapping[str, Callable[[_Case], bool]] = {
    "no_activity": lambda case: case.activity is None and bool(case.asking.elements),
    "activity_open": lambda case: case.activity is not None and bool(case.asking.elements) and not _names(case),
    "child": lambda case: case.asking.of_children and bool(case.asking.elements) and not case.asking.has_guardian,
    "kept_too_long": _kept_too_long,
    "assessment_missing": lambda case: any(one.is_sensitive for one in case.asking.elements) and not case.is_assessed,
}
_ELEMENT: Mapping[str, Callable[[_Case, Asked], bool]] = {
    "not_in_activity": _is_outside,
    "grade_above": lambda case, one: case.activity is not None and one.grade > case.activity.grade,
    "sensitive_unjustified": lambda _case, one: one.is_sensitive and not str(one.necessity).strip(),
    "sensitive_no_consent": lambda case, one: one.is_sensitive and _rests_on_consent(case) and not one.has_consent,
    "biometric": _is_biometric,
    "identity_number": _lower_does,
    "ask_once": lambda _case, one: one.is_held,
    "forced": lambda case, one: one.is_required and _is_outside(case, one),
}
