"""Records a use in the ledger, in the transaction of the read or write that it speaks of."""

from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import connection

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust.rules.leaf import NO_TRACE, Leaf, Trace, Use, leaf_of
from linli.trust.rules.merkle import SHA256
from linli.trust.rules.setup import ledger_hash


class UseContent(TypedDict):
    """What the ledger is told: who did what to which data about whom, and why.

    `subjects` are keyed tokens of the people it is about, never their names or numbers; `elements` name the data items;
    `case` is the business it was done for; `origin` the channel; `basis` the model or rule version where a machine
    decided. `holding` says in which post the actor did it; where they hold exactly one post it need not be said.
    `trace` joins uses of one business across nodes (Logboek dataverwerkingen); a use without one stands for itself.
    """

    by: accounts.Actor
    action: str
    purpose: str
    subjects: Sequence[str]
    object_kind: str
    object_id: object
    elements: Sequence[str]
    now: datetime
    case: NotRequired[object]
    result: NotRequired[str]
    origin: NotRequired[str]
    basis: NotRequired[str]
    holding: NotRequired[accounts.ActorHolding | None]
    trace: NotRequired[Trace]


def record(**use: Unpack[UseContent]) -> UUID:
    """Append one entry to the ledger in the caller's transaction and return its id."""
    leaf = compose(**use)
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust_record(%s, %s)", [leaf.text, leaf.digest])
    return leaf.id


def record_all(leaves: Sequence[Leaf]) -> None:
    """Append entries that were composed before, in one round trip: for what is done to thousands together."""
    rows = ",".join(f'{{"item":{leaf.text},"digest":"{leaf.digest.hex()}"}}' for leaf in leaves)
    with connection.cursor() as cursor:  # one document: thousands of array elements would each be quoted
        cursor.execute("SELECT trust_record_all(%s::jsonb)", [f"[{rows}]"])


def compose(**use: Unpack[UseContent]) -> Leaf:
    """Return the entry without recording it, for a hot path that calls `trust_record(text, digest)` in its own SQL."""
    by, case = use["by"], use.get("case")
    post = use.get("holding") or (by.holdings[0] if len(by.holdings) == 1 else None)
    return leaf_of(
        Use(
            id=kernel.uuid7(),
            at=use["now"],
            actor_kind=by.kind,
            person_id=by.person_id,
            holding_id=post.holding_id if post else None,
            unit_id=post.unit_id if post else None,
            post_code=post.post_code if post else "",
            action=use["action"],
            purpose=use["purpose"],
            case_ref="" if case is None else str(case),
            object_kind=use["object_kind"],
            object_id=str(use["object_id"]),
            subjects=tuple(use["subjects"]),
            elements=tuple(use["elements"]),
            result=use.get("result", "ok"),
            origin=use.get("origin", ""),
            basis=use.get("basis", "") or (post.basis if post else ""),
            trace=use.get("trace", NO_TRACE),
        ),
        sha256=ledger_hash() == SHA256,
    )
