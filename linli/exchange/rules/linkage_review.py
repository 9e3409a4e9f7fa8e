"""The life of a doubtful pair 疑似同一 as data: its states and the steps between them."""

from dataclasses import dataclass

OPEN, LATER, ONE, TWO = "open", "later", "one", "two"
STATES = (OPEN, LATER, ONE, TWO)


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One step: the states it may start from and the state it leads to."""

    before: frozenset[str]
    after: str


STEPS = {
    "one": ReviewStep(frozenset({OPEN, LATER}), ONE),
    "two": ReviewStep(frozenset({OPEN, LATER}), TWO),
    "later": ReviewStep(frozenset({OPEN}), LATER),
    "undo": ReviewStep(frozenset({ONE, TWO, LATER}), OPEN),
}


def may(step: str, state: str) -> bool:
    """Tell whether a step exists and starts from this state."""
    return step in STEPS and state in STEPS[step].before
