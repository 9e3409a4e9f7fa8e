"""What outcomes say about a limit: when few reviews of a rule were confirmed, a higher one is proposed to a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.trust.rules.look_settings import Settings

FEW, WANTED = 0.5, 0.8


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a review ended that had a finding of this rule with this value."""

    rule: str
    value: float
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rule X: 3 of 40 confirmed; propose 12 instead of 8. `left` are the confirmed that the new limit still finds."""

    rule: str
    confirmed: int
    decided: int
    limit: float
    proposed: float
    left: int


def propose(outcomes: Sequence[Outcome], settings: Settings) -> list[Proposal]:
    """Return a proposal for each rule with enough decided reviews of which less than half were confirmed.

    Proposed is the lowest value above the limit from which on at least half would have been confirmed, where at least
    four of five of the confirmed would still have been found; without such a value nothing is proposed.
    """
    found = []
    for code, setting in settings.rules.items():
        own = [one for one in outcomes if one.rule == code]
        confirmed = sum(one.confirmed for one in own)
        if len(own) < settings.terms.enough or confirmed >= FEW * len(own):
            continue
        if (better := _better(own, setting.limit, confirmed)) is not None:
            left = sum(one.confirmed and one.value >= better for one in own)
            found.append(Proposal(code, confirmed, len(own), setting.limit, better, left))
    return found


def _better(own: Sequence[Outcome], limit: float, confirmed: int) -> float | None:
    for value in sorted({one.value for one in own if one.value > limit}):
        above = [one for one in own if one.value >= value]
        hits = sum(one.confirmed for one in above)
        if hits and hits >= FEW * len(above) and hits >= WANTED * confirmed:
            return value
    return None
