"""Signs heads: the private keys are on the key ring, outside the database; the public ones are published and kept."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import HeadSignature, LedgerKey, LedgerTree, Seal, TreeHead
from linli.trust.queries.tiles import head_of, own_signers
from linli.trust.rules.heads import PublicKey, sign_head, text_of, vouch_text
from linli.trust.rules.refusals import WrongKeysError
from linli.trust.rules.setup import ledger_algorithms

AUDIT = "trust.audit"


def signers(*, origin: str, now: datetime) -> dict[str, kernel.KeyPair]:
    """Return the key of each configured signature, by fingerprint; make what is configured newly.

    Raises WrongKeysError where heads were signed with keys of which none is on the ring.
    """
    known = set(LedgerKey.objects.values_list("fingerprint", flat=True))
    if not known <= set(own_signers()):
        kernel.forget_keys()  # another process may have added one
    found = {mark: keys for mark, keys in own_signers().items() if mark in known}
    if known and not found:
        raise WrongKeysError
    chosen = {}
    for algorithm in ledger_algorithms():
        fitting = [mark for mark, keys in found.items() if keys.algorithm == algorithm]
        mark = fitting[-1] if fitting else _add(algorithm, origin=origin, now=now)
        chosen[mark] = own_signers()[mark]
    return chosen


def sign(*, tree: LedgerTree, head: TreeHead, seal: Seal, keys: Mapping[str, kernel.KeyPair]) -> None:
    """Sign a head with each of the keys."""
    ids = sorted(PublicKey(tree.origin, one.algorithm, one.public).id() for one in keys.values())
    text = text_of(head_of(tree, head, seal, ids))
    HeadSignature.objects.bulk_create(
        HeadSignature(number=head.number, key=mark, signature=sign_head(text, name=tree.origin, keys=one).signature)
        for mark, one in keys.items()
    )


@transaction.atomic
def change_ledger_key(*, algorithm: str, by: accounts.Actor, now: datetime) -> PublicKey:
    """Put a new key on the ring that signs from the next seal on; the key before vouches for it. It is recorded.

    Where the ring was lost no key vouches: then whoever counter-signs has to be told. Raises NotAllowed, ValueError
    for a signature that is not configured.
    """
    require(by, AUDIT)
    if algorithm not in ledger_algorithms():
        raise ValueError(f"This ledger is signed by {', '.join(ledger_algorithms())}.")
    tree = LedgerTree.objects.get()
    mark = _add(algorithm, origin=tree.origin, now=now, fresh=True)
    record(
        by=by, action="change", purpose="audit", subjects=(), object_kind="trust.ledger_key", object_id=mark,
        elements=(), now=now,
    )  # fmt: skip
    row = LedgerKey.objects.get(pk=mark)
    return PublicKey(tree.origin, row.algorithm, row.public)


def _add(algorithm: str, *, origin: str, now: datetime, fresh: bool = False) -> str:
    """Make a key known that signs from now on. A ledger that has none yet takes one that is on the ring already."""
    known = set(LedgerKey.objects.values_list("fingerprint", flat=True))
    ring = own_signers()
    before = [keys for mark, keys in ring.items() if mark in known]
    spare = [] if fresh or known else [keys for keys in ring.values() if keys.algorithm == algorithm]
    keys = spare[-1] if spare else kernel.add_signer(algorithm)
    mark = PublicKey(origin, keys.algorithm, keys.public).fingerprint
    vouch = kernel.sign(vouch_text(origin, mark), before[-1]) if before else b""
    LedgerKey.objects.create(
        fingerprint=mark, algorithm=keys.algorithm, public=keys.public, began_at=now, vouch=vouch
    )  # fmt: skip
    return mark
