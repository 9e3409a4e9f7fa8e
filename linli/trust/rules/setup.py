"""How the ledger of a new node is set up: the hash of its tree, and what signs its heads."""

import os

from linli.kernel import api as kernel
from linli.trust.rules.merkle import HASHES, SM3


def ledger_hash() -> str:
    """Return the hash of a ledger that begins now: `LINLI_LEDGER_HASH`, sm3 or sha256. One that began keeps its own."""
    name = os.environ.get("LINLI_LEDGER_HASH", SM3)
    if name not in HASHES:
        raise ValueError(f"LINLI_LEDGER_HASH is {name!r}; it must be one of {', '.join(HASHES)}.")
    return name


def ledger_algorithms() -> tuple[str, ...]:
    """Return what signs heads: `LINLI_LEDGER_SIGNATURE`, ed25519 or sm2, or both with a comma between."""
    named = tuple(os.environ.get("LINLI_LEDGER_SIGNATURE", kernel.ED25519).split(","))
    if not named or not set(named) <= set(kernel.ALGORITHMS) or len(set(named)) < len(named):
        raise ValueError(f"LINLI_LEDGER_SIGNATURE is {','.join(named)!r}; it must be ed25519, sm2 or ed25519,sm2.")
    return named
