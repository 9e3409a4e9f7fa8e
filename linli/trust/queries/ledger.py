"""Verifies the ledger: makes every digest, root and seal again from the columns and says what does not agree."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kernel import api as kernel
from linli.trust.models import Seal
from linli.trust.queries.leaves import Kept, content_of, kept_leaves
from linli.trust.rules.tree import FIRST, hash_of, leaf_hash, mark_of, root_of

Kind = Literal["altered", "leaves", "chain", "forged", "head"]
NAMED = 100


@dataclass(frozen=True, slots=True)
class LedgerProblem:
    """One disagreement: an altered entry, other leaves than were sealed, a broken link or a missing head."""

    kind: Kind
    sentence: str
    seal: int | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """What a verification found. `problems` names the first hundred, `problem_count` counts all."""

    sealed: int
    unsealed: int
    seals: int
    head_number: int
    head_hash: str
    problem_count: int
    problems: tuple[LedgerProblem, ...]

    @property
    def ok(self) -> bool:
        """Whether everything agrees."""
        return self.problem_count == 0

    def __str__(self) -> str:
        """Say it in a few lines for a person."""
        return "\n".join([_verdict(self), _extent(self), *(problem.sentence for problem in self.problems)])


def verify_ledger(*, head: tuple[int, str] | None = None) -> LedgerCheck:
    """Read the whole ledger in one snapshot and verify it. Streams: memory does not grow with the ledger.

    `head` is the number and hash (hex) of a seal that was noted outside the database at an earlier time: only so can it
    be told that the newest seals were removed together with all their entries.
    """
    with transaction.atomic():
        _hold_one_snapshot()
        return _verify(None, head)


def verify_newest(*, at_most: int = 5000) -> LedgerCheck:
    """Verify the newest seals, as many as hold about `at_most` entries, and what waits: quick enough for a page."""
    with transaction.atomic():
        _hold_one_snapshot()
        return _verify(_seal_before(at_most), None)


def _verify(before: Seal | None, head: tuple[int, str] | None) -> LedgerCheck:
    """Verify what lies behind a seal that is taken for granted, or everything."""
    tally = _Tally(head_number=before.number, head_hash=bytes(before.hash)) if before else _Tally()
    leaves = _Leaves(kept_leaves(after=content_of(before).last if before else None), tally)
    for seal in Seal.objects.filter(number__gt=tally.head_number).order_by("number").iterator(chunk_size=1000):
        _check_seal(seal, leaves, tally)
        if head is not None and seal.number == head[0] and bytes(seal.hash).hex() != head[1]:
            tally.note("head", _("Seal %(seal)s is not the one that was noted."), seal=seal.number)
    unsealed = len(leaves.take(None))
    if head is not None and tally.head_number < head[0]:
        tally.note("head", _("Seal %(seal)s was noted and is gone: the end of the ledger was removed."), seal=head[0])
    return LedgerCheck(
        sealed=leaves.taken - unsealed,
        unsealed=unsealed,
        seals=tally.seals,
        head_number=tally.head_number,
        head_hash=tally.head_hash.hex(),
        problem_count=tally.count,
        problems=tuple(tally.problems),
    )


def _seal_before(at_most: int) -> Seal | None:
    total = 0
    for seal in Seal.objects.order_by("-number")[: at_most + 1]:
        total += seal.count
        if total > at_most and total > seal.count:
            return seal
    return None


@dataclass(slots=True)
class _Tally:
    seals: int = 0
    head_number: int = 0
    head_hash: bytes = FIRST
    count: int = 0
    problems: list[LedgerProblem] = field(default_factory=list)

    def note(self, kind: Kind, sentence: str, *, seal: int | None = None, entry: str | None = None) -> None:
        self.count += 1
        if self.count <= NAMED:
            told = sentence % {"seal": seal, "entry": entry}
            self.problems.append(LedgerProblem(kind, told, seal, entry))


class _Leaves:
    """The leaves in order, taken up to a place at a time."""

    def __init__(self, stream: Iterator[Kept], tally: _Tally) -> None:
        self._stream, self._tally = stream, tally
        self._next = next(stream, None)
        self.taken = 0

    def take(self, last: tuple[int, int, str] | None) -> list[bytes]:
        """Return the leaf hashes up to and with `last` (None: all that are left), noting each altered entry."""
        hashes, leaf = [], self._next
        while leaf is not None and (last is None or leaf[:3] <= last):
            era, number, entry, digest, text = leaf
            if kernel.sm3(text.encode()) != digest:
                self._tally.note("altered", _("Entry %(entry)s was altered after it was written."), entry=entry)
            hashes.append(leaf_hash(era, number, digest))
            leaf = next(self._stream, None)
        self._next = leaf
        self.taken += len(hashes)
        return hashes


def _check_seal(seal: Seal, leaves: _Leaves, tally: _Tally) -> None:
    content = content_of(seal)
    if (content.number, content.previous) != (tally.head_number + 1, tally.head_hash):
        tally.note("chain", _("Seal %(seal)s does not follow the one before it."), seal=seal.number)
    if hash_of(content) != bytes(seal.hash):
        tally.note("chain", _("Seal %(seal)s was altered."), seal=seal.number)
    elif mark_of(bytes(seal.hash)) != seal.mark:
        tally.note("forged", _("Seal %(seal)s was not made with the keys of this node."), seal=seal.number)
    hashes = leaves.take((content.last.era, content.last.transaction, str(content.last.entry)))
    if len(hashes) != content.count or root_of(hashes) != content.root:
        tally.note("leaves", _leaves_sentence(len(hashes), content.count), seal=seal.number)
    tally.seals += 1
    tally.head_number, tally.head_hash = seal.number, bytes(seal.hash)


def _leaves_sentence(found: int, sealed: int) -> str:
    if found < sealed:
        return _("Seal %(seal)s: entries were deleted.")
    if found > sealed:
        return _("Seal %(seal)s: entries were slipped in.")
    return _("Seal %(seal)s: entries were replaced or put in another order.")


def _hold_one_snapshot() -> None:
    """Let entries and seals be read as of one moment. A transaction that has begun already is left as it is."""
    if len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


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
