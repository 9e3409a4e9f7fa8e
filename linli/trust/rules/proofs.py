"""Proof files 证明文件 and how they are checked: everything that is needed stands in the file, nobody has to be asked.

An inclusion proof is a JSON object: `form` "linli.proof.1", `entry` (the canonical form of the ledger entry, see
`rules/leaf.py`), `era`, `transaction`, `index`, `path` (hashes in hex) and `head` (a signed tree head, see
`rules/heads.py`), `keys` (published keys). A growth proof has `form` "linli.growth.1", `old` and `head` (two signed
heads), `path` and `keys`. What is proved is worth as much as the head: compare it with one from elsewhere.
"""

import struct
from collections.abc import Mapping
from typing import Any

from linli.trust.rules.heads import BadHeadError, Head, PublicKey, is_head_signed, read_note
from linli.trust.rules.leaf import FORM, TRACED_SHA256, digest_of
from linli.trust.rules.merkle import HASHES, consistent, included
from linli.trust.rules.tree import leaf_hash

INCLUSION, GROWTH = "linli.proof.1", "linli.growth.1"


class BadProofError(ValueError):
    """What came is no proof in our form, or proves nothing. `str()` says why."""


def check_inclusion(proof: Mapping[str, Any]) -> Head:
    """Return the head under which the entry of a proof stands. Raises BadProofError."""
    head, path = _head(proof, "head"), _path(proof)
    try:
        text, index = str(proof["entry"]), int(proof["index"])
        era, number = int(proof["era"]), int(proof["transaction"])
        form = TRACED_SHA256 if text.startswith(f'["{FORM}{TRACED_SHA256}"') else 1
        leaf = leaf_hash(era, number, digest_of(form, text), HASHES[head.hash])
    except (KeyError, TypeError, ValueError, struct.error) as error:
        raise BadProofError("The file is no proof in our form.") from error
    if proof.get("form") != INCLUSION or not included(
        leaf=leaf, index=index, size=head.size, path=path, root=head.root, digest=HASHES[head.hash]
    ):
        raise BadProofError("The entry does not stand under this head.")
    return head


def check_growth(proof: Mapping[str, Any]) -> tuple[Head, Head]:
    """Return the two heads of a proof, the second of which goes on from the first. Raises BadProofError."""
    old, head, path = _head(proof, "old"), _head(proof, "head"), _path(proof)
    if proof.get("form") != GROWTH or not grows(old, head, path):
        raise BadProofError("The second head does not go on from the first.")
    return old, head


def grows(old: Head, head: Head, path: list[bytes]) -> bool:
    """Tell whether a head goes on from an older one of the same ledger: nothing before it was changed."""
    if (old.origin, old.hash, old.since) != (head.origin, head.hash, head.since) or old.number > head.number:
        return False
    return old.made <= head.made and consistent(
        old=old.size, old_root=old.root, size=head.size, root=head.root, path=path, digest=HASHES[head.hash]
    )


def who_signed(note: str, keys: list[PublicKey]) -> list[PublicKey]:
    """Return which of the keys signed a head for its own ledger. Raises BadHeadError."""
    head, text, signatures = read_note(note)
    return [
        key
        for key in keys
        if key.name == head.origin and key.id() in head.keys
        and any(is_head_signed(text, one, key) for one in signatures)
    ]  # fmt: skip


def _head(proof: Mapping[str, Any], name: str) -> Head:
    try:
        return read_note(str(proof[name]))[0]
    except (KeyError, BadHeadError) as error:
        raise BadProofError("The file is no proof in our form.") from error


def _path(proof: Mapping[str, Any]) -> list[bytes]:
    try:
        return [bytes.fromhex(one) for one in proof["path"]]
    except (KeyError, TypeError, ValueError) as error:
        raise BadProofError("The file is no proof in our form.") from error
