"""The keys of this node: made when it is first linked, changed with the old one vouching for the new."""

import os
from datetime import datetime

from django.db import transaction

from linli.accounts import api as accounts
from linli.exchange.actions.messages import send
from linli.exchange.models import NodeKey
from linli.exchange.queries.peers import own_keys, peers
from linli.exchange.rules.signatures import ED25519, KeyPair, new_keys
from linli.trust import api as trust

MANAGE, KEY = "exchange.peers", "key"


def ensure_keys(*, now: datetime) -> KeyPair:
    """Return the key that signs, made on first use."""
    return own_keys() or _make(now)


@transaction.atomic
def change_keys(*, by: accounts.Actor, now: datetime) -> KeyPair:
    """Make a new key and tell every peer of it, signed with the old one. Raises NotAllowed.

    Who was not reached yet takes the old signature of what waits for it: the old key stays trusted there.
    """
    trust.require(by, MANAGE)
    ensure_keys(now=now)
    made = new_keys(_algorithm())
    for peer in peers():
        send(peer=peer, kind=KEY, body={"algorithm": made.algorithm, "public": made.public}, now=now)
    _keep(made, now)
    trust.record(
        by=by, action="change", purpose="exchange.peers", subjects=[], object_kind="node_key", object_id="own",
        elements=[], now=now,
    )  # fmt: skip
    return made


def _make(now: datetime) -> KeyPair:
    made = new_keys(_algorithm())
    _keep(made, now)
    return made


def _keep(made: KeyPair, now: datetime) -> None:
    NodeKey.objects.create(algorithm=made.algorithm, public=made.public, private=made.private, made_at=now)


def _algorithm() -> str:
    return os.environ.get("LINLI_SIGNATURE", ED25519)
