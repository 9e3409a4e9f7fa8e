"""A step in the life of a noun 状态流转 as data: from which states it may start, where it leads, who may take it."""

from dataclasses import dataclass

__all__ = ["Step", "step"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the states it may start from, the state it leads to, and the capability it needs ("": none named)."""

    before: frozenset[str]
    after: str
    capability: str = ""


def step(before: str, after: str, capability: str = "") -> Step:
    """Return a step that starts from these states, written with spaces between them."""
    return Step(frozenset(before.split()), after, capability)
