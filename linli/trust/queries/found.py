"""What a verification of the ledger finds, told so that a person can act on it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.trust.rules.tree import FIRST

Kind = Literal["altered", "leaves", "chain", "forged", "clock", "tree", "tile", "signature", "keys", "head", "witness"]
NAMED = 100


@dataclass(frozen=True, slots=True)
class LedgerProblem:
    """One disagreement, and where it is: an entry, a seal (its head has the same number) or a tile."""

    kind: Kind
    sentence: str
    seal: int | None = None
    entry: str | None = None
    tile: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """What a verification found. `problems` names the first hundred, `problem_count` counts all.

    `countersigned` says how many counter-signatures of other nodes were made again and agree, by the node's name.
    """

    sealed: int
    unsealed: int
    seals: int
    head_number: int
    head_hash: str
    problem_count: int
    problems: tuple[LedgerProblem, ...]
    root: str = ""
    countersigned: dict[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether everything agrees."""
        return self.problem_count == 0

    def __str__(self) -> str:
        """Say it in a few lines for a person."""
        witnessed = [_witnessed(name, count) for name, count in sorted(self.countersigned.items())]
        return "\n".join([_verdict(self), _extent(self), *witnessed, *(one.sentence for one in self.problems)])


@dataclass(slots=True)
class Tally:
    """What was found so far."""

    seals: int = 0
    head_number: int = 0
    head_hash: bytes = FIRST
    count: int = 0
    problems: list[LedgerProblem] = field(default_factory=list)
    countersigned: Counter[str] = field(default_factory=Counter)

    def note(
        self, kind: Kind, sentence: str, *, seal: int | None = None, entry: str | None = None,
        tile: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """Count a problem; the first hundred are named."""
        self.count += 1
        if self.count <= NAMED:
            place = "/".join(map(str, tile)) if tile else ""
            told = sentence % {"seal": seal, "entry": entry, "tile": place}
            self.problems.append(LedgerProblem(kind, told, seal, entry, tile))


def _verdict(check: LedgerCheck) -> str:
    if check.ok:
        return _("The use ledger is whole.")
    return ngettext(
        "The use ledger has %(n)d problem. Keep the database as it is and call the auditor.",
        "The use ledger has %(n)d problems. Keep the database as it is and call the auditor.",
        check.problem_count,
    ) % {"n": check.problem_count}


def _extent(check: LedgerCheck) -> str:
    return _(
        "%(sealed)d entries under %(seals)d seals, %(unsealed)d not sealed yet; last seal %(number)d, %(hash)s."
    ) % {
        "sealed": check.sealed,
        "seals": check.seals,
        "unsealed": check.unsealed,
        "number": check.head_number,
        "hash": check.head_hash,
    }


def _witnessed(name: str, count: int) -> str:
    return ngettext(
        "%(name)s counter-signed %(n)d head, and the signature agrees.",
        "%(name)s counter-signed %(n)d heads, and the signatures agree.",
        count,
    ) % {"name": name, "n": count}
