"""What a county sets about asking less, as data: rules, limits, kinds of devices and places, questions, columns."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from linli.trust.rules.refusals import TrustRefusedError

SHIPPED = Path(__file__).resolve().parents[1] / "sample" / "ask_less.json"
RULES = (
    "no_activity", "activity_open", "not_in_activity", "grade_above", "sensitive_unjustified", "sensitive_no_consent",
    "child", "biometric", "identity_number", "ask_once", "forced", "kept_too_long", "assessment_missing",
)  # fmt: skip
LIMITS = ("review_months", "assessment_months", "filing_people", "justified_months", "tell_days")
MOST_DAYS, MOST_LIMIT = 3650, 10_000_000


class PolicyRefusedError(TrustRefusedError):
    """What a county wants to set about asking less can't be taken; the sentence says why."""


@dataclass(frozen=True, slots=True)
class AskingRule:
    """One rule of the over-collection check: whether it is asked, how much it weighs (0 to 1), and where it stands."""

    on: bool
    weight: float
    basis: str


@dataclass(frozen=True, slots=True)
class DeviceKind:
    """A kind of device 设备种类. One that `reads_body` needs another way in and an assessment.

    `elements` is what it takes down, by code.
    """

    name: str
    reads_body: bool
    longest_days: int
    elements: Mapping[str, str]
    basis: str


@dataclass(frozen=True, slots=True)
class PlaceKind:
    """Where a device stands; in a private space 私密空间 none may."""

    name: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question that an impact assessment answers, and where it comes from."""

    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything of it. `lower` says for an element which others do in its stead; `limits` are months, days, people."""

    rules: Mapping[str, AskingRule]
    lower: Mapping[str, tuple[str, ...]]
    biometric: tuple[str, ...]
    limits: Mapping[str, int]
    kinds: Mapping[str, DeviceKind]
    places: Mapping[str, PlaceKind]
    questions: Mapping[str, Question]


PARTS = tuple(Policy.__slots__)


@cache
def shipped() -> dict[str, Any]:
    """Return what ships, the columns of device tables and the devices of the demo county with it."""
    content: dict[str, Any] = json.loads(SHIPPED.read_text("utf-8"))
    return content


@cache
def shipped_policy() -> Policy:
    """Return the policy that ships: a sample."""
    return policy_from({name: shipped()[name] for name in PARTS})


def policy_from(content: Any) -> Policy:
    """Return a checked policy. Raises PolicyRefusedError."""
    if not isinstance(content, Mapping) or set(content) != set(PARTS):
        raise PolicyRefusedError(_("Asking less has these parts: %(names)s.") % {"names": ", ".join(PARTS)})
    try:
        policy = Policy(
            rules={code: AskingRule(**content["rules"][code]) for code in RULES},
            lower={code: tuple(map(str, others)) for code, others in content["lower"].items()},
            biometric=tuple(map(str, content["biometric"])),
            limits={name: content["limits"][name] for name in LIMITS},
            kinds={code: DeviceKind(**one) for code, one in content["kinds"].items()},
            places={code: PlaceKind(**one) for code, one in content["places"].items()},
            questions={code: Question(**one) for code, one in content["questions"].items()},
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise PolicyRefusedError(_("“%(what)s” is missing or has another form.") % {"what": error}) from error
    _check(policy)
    return policy


def as_plain(policy: Policy) -> dict[str, Any]:
    """Return a policy as plain data, in the order of its parts."""
    said = asdict(policy)
    said["lower"] = {code: list(others) for code, others in policy.lower.items()}
    said["biometric"] = list(policy.biometric)
    return said


def _check(policy: Policy) -> None:
    rules, limits, kinds = policy.rules.items(), policy.limits.items(), policy.kinds.items()
    wrong = [code for code, one in rules if not _is_rule(one)]
    wrong += [name for name, value in limits if not _whole(value, MOST_LIMIT)]
    wrong += [code for code, one in kinds if not (_named(one) and _whole(one.longest_days, MOST_DAYS))]
    wrong += [code for code, one in kinds if not isinstance(one.reads_body, bool)]
    wrong += [code for code, one in policy.places.items() if not one.name or not isinstance(one.is_private, bool)]
    wrong += [code for code, one in policy.questions.items() if not one.name]
    if wrong or not (policy.kinds and policy.places and policy.questions):
        named = wrong[0] if wrong else ", ".join(PARTS)
        raise PolicyRefusedError(_("Look at “%(what)s”: a number or a name in it is not right.") % {"what": named})


def _is_rule(one: AskingRule) -> bool:
    is_number = isinstance(one.weight, int | float) and not isinstance(one.weight, bool)
    return isinstance(one.on, bool) and is_number and 0 < one.weight <= 1 and bool(one.basis)


def _named(one: DeviceKind) -> bool:
    return bool(one.name.strip()) and bool(one.basis.strip()) and isinstance(one.elements, Mapping)


def _whole(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most
