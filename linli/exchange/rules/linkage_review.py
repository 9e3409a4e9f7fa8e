"""The life of a doubtful pair 疑似同一 as data: its states and the steps between them."""

from linli.kernel import api as kernel

OPEN, LATER, ONE, TWO = "open", "later", "one", "two"
STATES = (OPEN, LATER, ONE, TWO)


STEPS = {
    "one": kernel.Step(frozenset({OPEN, LATER}), ONE),
    "two": kernel.Step(frozenset({OPEN, LATER}), TWO),
    "later": kernel.Step(frozenset({OPEN}), LATER),
    "undo": kernel.Step(frozenset({ONE, TWO, LATER}), OPEN),
}


def may(step: str, state: str) -> bool:
    """Tell whether a step exists and starts from this state."""
    return step in STEPS and state in STEPS[step].before
