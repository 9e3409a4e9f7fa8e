"""Heads between nodes 树头见证: ours are told with a proof of growth, theirs are checked, counter-signed or refused.

Trust says what is to be said; exchange carries it, signed and in order. A body is JSON: `head` (note), `old` (leaves of
the head it goes on from), `path` (hex), `keys` (lines), `vouches` (hex, one for each key); an answer `number`, `lines`,
`keys`, or `reason` and `seen`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.actions.sign import AUDIT, signers
from linli.trust.models import CounterSignature, HeadProblem, LedgerTree, TreeHead, Witness
from linli.trust.queries.proofs import growth_path
from linli.trust.queries.tiles import (
    head_note,
    head_text,
    keys_of_ledger,
    newest_head,
    root_at,
    vouches_of_ledger,
)
from linli.trust.rules.heads import BadHeadError, Head, PublicKey, countersign, is_countersigned, read_key, read_note
from linli.trust.rules.merkle import HASHES
from linli.trust.rules.witnessing import PROOF, REASONS, SPLIT, refusal

MOST_PATH, MOST_KEYS = 200, 100


@transaction.atomic
def head_to_tell(*, node: str, name: str, now: datetime) -> dict[str, Any] | None:
    """Return the newest head for a node, with proof that it goes on from the one told before; None for no news."""
    newest, row = newest_head(), _witness(node, name)
    if newest is None or newest.number <= row.told:
        return None
    before = TreeHead.objects.filter(number=row.told).first()
    row.told, row.told_at = newest.number, now
    row.save(update_fields=["told", "told_at", "name"])
    old = before.size if before else 0
    path = growth_path(old, newest.size) if old else []
    keys = [key.line() for key in keys_of_ledger().values()]
    vouches = [one.hex() for one in vouches_of_ledger()]
    return {
        "head": head_note(newest.number), "old": old, "path": [one.hex() for one in path], "keys": keys,
        "vouches": vouches,
    }  # fmt: skip


@transaction.atomic
def witness_head(*, node: str, name: str, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Check the head of another node and return the answer: counter-signed, or refused with the head seen before.

    What is refused is kept as evidence and entered into the ledger. Raises BadHeadError for what is no head.
    """
    note, path, keys, vouches = _read(body)
    old = body.get("old")
    head, row = read_note(note)[0], _witness(node, name)
    known = [read_key(line) for line in row.keys.splitlines()]
    old = old if isinstance(old, int) else 0
    reason = refusal(note, path, keys, old=old, seen=row.note, known=known, vouches=vouches)
    if reason:
        _keep_problem(row, reason, offered=note, ours=False, now=now)
        return {"number": head.number, "reason": reason, "seen": row.note}
    row.note, row.seen_at, row.keys = note, now, "\n".join(key.line() for key in keys)
    row.save(update_fields=["note", "seen_at", "keys", "name"])
    HeadProblem.objects.filter(node=node, ours=False, reason=PROOF, settled_at=None).update(settled_at=now)
    return {"number": head.number, **_countersigned(note, now)}


@transaction.atomic
def take_countersignature(*, node: str, name: str, body: Mapping[str, Any], now: datetime) -> None:
    """Keep what a witness signed of one of our heads. Raises BadHeadError where it did not sign that head."""
    number = _number(body)
    if not TreeHead.objects.filter(number=number).exists():
        raise BadHeadError("This head is not ours.")
    text, row = head_text(number), _witness(node, name)
    keys = _keys(body)
    for line in _texts(body, "lines"):
        signed = read_note(f"{text}\n{line}")[2]
        good = [key for key in keys for one in signed if is_countersigned(text, one, key)]
        if not good:
            raise BadHeadError("The counter-signature is not good.")
        said = {"name": row.name, "line": line, "key": good[0].line(), "at": now}
        CounterSignature.objects.get_or_create(node=node, number=number, defaults=said)


@transaction.atomic
def take_refusal(*, node: str, name: str, body: Mapping[str, Any], now: datetime) -> bool:
    """Hear that a witness refused one of our heads; return whether it may be told anew because ours does go on.

    Where ours does not go on from what the witness saw, it is kept as evidence: this ledger was rewritten or put back.
    """
    row, seen = _witness(node, name), str(body.get("seen") or "")
    reason, head = str(body.get("reason")), read_note(seen)[0] if seen else None
    # Only a missing proof is worth another try: the rest would be refused each time.
    if head and reason == PROOF and (number := _grown_from(head)) and row.told != number:
        row.told = number
        row.save(update_fields=["told", "name"])
        return True
    newest = newest_head()
    offered = head_note(newest.number) if newest else ""
    _keep_problem(row, reason if reason in REASONS else SPLIT, offered=offered, ours=True, now=now, kept=seen)
    return False


@transaction.atomic
def settle_head_problem(*, problem_id: int, words: str, by: accounts.Actor, now: datetime) -> HeadProblem:
    """Note what came of a conflict of heads; from then on the witness goes on from the head that was refused.

    Raises NotAllowed, ValueError without words.
    """
    require(by, AUDIT)
    if not words.strip():
        raise ValueError("Say what was found.")
    row = HeadProblem.objects.select_for_update().get(pk=problem_id)
    row.settled_at, row.settled_by, row.words = now, by.name, words.strip()
    row.save(update_fields=["settled_at", "settled_by", "words"])
    if not row.ours:
        Witness.objects.filter(node=row.node).update(note="", keys="")
    record(
        by=by, action="change", purpose="audit", subjects=(), object_kind="trust.head", object_id=row.node,
        elements=(), now=now,
    )  # fmt: skip
    return row


def _grown_from(seen: Head) -> int:
    """Return the number of the head of ours that a witness saw; 0 where it is none of ours."""
    tree = LedgerTree.objects.first()
    head = TreeHead.objects.filter(number=seen.number, size=seen.size).first()
    if tree is None or head is None or seen.origin != tree.origin:
        return 0
    return head.number if root_at(seen.size, HASHES[tree.hash]) == seen.root else 0


def _countersigned(note: str, now: datetime) -> dict[str, Any]:
    tree = LedgerTree.objects.first()
    if tree is None:
        return {"lines": [], "keys": []}  # a node that has sealed nothing has no key yet
    text = read_note(note)[1]
    pairs = signers(origin=tree.origin, now=now).values()
    lines = [countersign(text, name=tree.origin, keys=keys, seconds=int(now.timestamp())).line() for keys in pairs]
    keys = [PublicKey(tree.origin, one.algorithm, one.public).line() for one in pairs]
    return {"lines": lines[:1], "keys": keys[:1]}


def _keep_problem(
    row: Witness, reason: str, *, offered: str, ours: bool, now: datetime, kept: str | None = None
) -> None:
    """Keep two heads as evidence, once while they are the same, and enter it into the ledger."""
    before = row.note if kept is None else kept
    said = {"name": row.name, "kept": before, "offered": offered, "at": now}
    _problem, new = HeadProblem.objects.get_or_create(
        node=row.node, ours=ours, reason=reason, settled_at=None, defaults=said
    )
    if new:
        record(
            by=accounts.SYSTEM, action="witness", purpose="audit", subjects=(), object_kind="trust.head",
            object_id=row.node, elements=(), result="refused", basis=reason, now=now,
        )  # fmt: skip


def _witness(node: str, name: str) -> Witness:
    Witness.objects.get_or_create(node=node, defaults={"name": name})
    row = Witness.objects.select_for_update().get(node=node)
    row.name = name
    return row


def _read(body: Mapping[str, Any]) -> tuple[str, list[bytes], list[PublicKey], list[bytes]]:
    path, vouches = _texts(body, "path"), _texts(body, "vouches") if "vouches" in body else []
    try:
        path_, vouches_ = ([bytes.fromhex(one) for one in some] for some in (path[:MOST_PATH], vouches[:MOST_KEYS]))
        return str(body["head"]), path_, _keys(body), vouches_
    except (KeyError, ValueError) as error:
        raise BadHeadError("This is no tree head in our form.") from error


def _keys(body: Mapping[str, Any]) -> list[PublicKey]:
    return [read_key(line) for line in _texts(body, "keys")[:MOST_KEYS]]


def _number(body: Mapping[str, Any]) -> int:
    number = body.get("number")
    if not isinstance(number, int):
        raise BadHeadError("This is no answer of a witness.")
    return number


def _texts(body: Mapping[str, Any], name: str) -> list[str]:
    value = body.get(name)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadHeadError("This is no tree head in our form.")
    return value
