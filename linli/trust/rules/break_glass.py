"""How long a break-glass lasts and how long its reason must be; what one opens."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.refusals import TrustRefusedError

MOST_MINUTES, MOST_DAYS = 240, 10


@dataclass(frozen=True, slots=True)
class GlassRules:
    """The limits 紧急查阅规则: minutes it lasts, letters of the reason at least, working days until it is reviewed."""

    minutes: int = 30
    shortest_reason: int = 10
    review_days: int = 1


@dataclass(frozen=True, slots=True)
class Target:
    """The one row that a break-glass opens: its model, where it is, masked words, keyed tokens of whom it is about."""

    kind: str
    id: UUID
    division_id: int
    words: str
    subjects: tuple[str, ...]
    object_kind: str


class GlassRefusedError(TrustRefusedError):
    """A break-glass that can't be opened, ended or reviewed; the sentence says why."""


def rules_from(content: Any) -> GlassRules:
    """Return limits from plain data. Raises GlassRefusedError where they are no numbers within reason."""
    try:
        said = GlassRules(**{key: int(value) for key, value in dict(content).items()})
    except (TypeError, ValueError) as error:
        raise GlassRefusedError(_("The limits of break-glass are whole numbers.")) from error
    most = ((said.minutes, MOST_MINUTES), (said.shortest_reason, 200), (said.review_days, MOST_DAYS))
    if not all(1 <= value <= limit for value, limit in most):
        raise GlassRefusedError(_("A limit of break-glass lies outside what is allowed: 240 minutes, 10 days."))
    return said


def refusal(sentence: str | Promise) -> GlassRefusedError:
    """Return the refusal with this sentence."""
    return GlassRefusedError(sentence)
