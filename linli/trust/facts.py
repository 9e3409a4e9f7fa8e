"""What trust tells the others."""

from dataclasses import dataclass

from linli.kernel import facts as journal

__all__ = ["HandlingDecided"]


@dataclass(frozen=True)
class HandlingDecided(journal.Fact):
    """What a grade does was decided anew 分级管控策略调整; what is kept may have to be sealed or opened."""

    grade: int
    sealing_changed: bool
