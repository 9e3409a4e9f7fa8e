"""How long a break-glass lasts, how often, by whom and over which area; what one opens."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.refusals import TrustRefusedError

MOST_MINUTES, MOST_LETTERS, MOST_DAYS, MOST_TIMES = 240, 200, 10, 200
NO_AREA, COMMUNITY, STREET = "none", "community", "street"
AREA_WORDS = {
    NO_AREA: _("no area, one record only"),
    COMMUNITY: _("one community"),
    STREET: _("one street or community"),
}
_MOST = {
    "minutes": MOST_MINUTES, "shortest_reason": MOST_LETTERS, "review_days": MOST_DAYS, "per_month": MOST_TIMES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GlassRules:
    """The limits 紧急查阅规则: minutes it lasts, letters of the reason at least, working days until it is reviewed.

    `per_month` is how often one person opens in a calendar month at most, `posts` the codes of those that may (empty:
    every post with the capability), `area` the largest that is opened.
    """

    minutes: int = 30
    shortest_reason: int = 10
    review_days: int = 1
    per_month: int = 20
    posts: tuple[str, ...] = ()
    area: str = STREET


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
    """Return limits from plain data. Raises GlassRefusedError where they are not within reason."""
    try:
        given = dict(content)
        posts = tuple(sorted(str(code) for code in given.pop("posts", ())))
        area = str(given.pop("area", STREET))
        said = GlassRules(**{key: int(value) for key, value in given.items()}, posts=posts, area=area)
    except (TypeError, ValueError) as error:
        raise GlassRefusedError(_("The limits of break-glass are whole numbers, posts and an area.")) from error
    if not all(1 <= getattr(said, name) <= limit for name, limit in _MOST.items()) or area not in AREA_WORDS:
        raise GlassRefusedError(
            _("A limit of break-glass lies outside what is allowed: 240 minutes, 10 days, 200 times, one street.")
        )
    return said


def content_of(rules: GlassRules) -> dict[str, Any]:
    """Return limits as plain data."""
    return {**asdict(rules), "posts": list(rules.posts)}


def refusal(sentence: str | Promise) -> GlassRefusedError:
    """Return the refusal with this sentence."""
    return GlassRefusedError(sentence)
