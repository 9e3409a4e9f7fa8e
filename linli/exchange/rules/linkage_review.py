"""The life of a doubtful pair 疑似同一 as data: its states and the steps between them."""

from collections.abc import Mapping

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


MISTYPED, NAMESAKE, SIBLINGS, SOUND, THIN, HOME = "mistyped", "namesake", "siblings", "sound", "thin", "home"
CAUSES = (MISTYPED, NAMESAKE, SIBLINGS, SOUND, THIN, HOME)
BANDS = {"high": (7.0, None), "middle": (1.5, 7.0), "low": (None, 1.5)}
"""How likely a pair is one, as bounds of its log2 odds: from, below."""
AGES = (7, 30)
"""Days for which a pair has waited at least."""
_SAME_NAME, _SOUND, _SAME_DOOR = 4, 3, 2


def cause_of(levels: Mapping[str, int]) -> str:
    """Return why a machine can't tell two people apart or together, by the levels on which their fields agree."""
    name, number, born, home = (levels[code] for code in ("name", "citizen_id", "birth_date", "address"))
    if number in {1, 2}:
        return MISTYPED
    if name == _SAME_NAME and born == 0:
        return NAMESAKE
    if name < _SAME_NAME and name >= 0 and born > 0 and home == _SAME_DOOR:
        return SIBLINGS
    return SOUND if name == _SOUND else THIN
