"""The anchor of a node 互联锚点: its name, address and public key, handed over outside the link."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linli.exchange.rules.refusals import AnchorRefusedError
from linli.exchange.rules.signatures import ALGORITHMS, fingerprint

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Anchor:
    """What one node tells another about itself."""

    node: UUID
    name: str
    address: str
    algorithm: str
    public: str

    @property
    def fingerprint(self) -> str:
        """The mark of the key."""
        return fingerprint(self.public)

    def text(self) -> str:
        """Return it as the text that is handed over."""
        said = {"node": str(self.node), "name": self.name, "address": self.address}
        return json.dumps({**said, "algorithm": self.algorithm, "public": self.public}, ensure_ascii=False, indent=1)


def read_anchor(text: str) -> Anchor:
    """Return the anchor that was pasted. Raises AnchorRefusedError."""
    try:
        said: Any = json.loads(text[:LONGEST])
        anchor = Anchor(
            UUID(said["node"]), str(said["name"])[:100], str(said["address"]).rstrip("/")[:300],
            str(said["algorithm"]), str(said["public"])[:200],
        )  # fmt: skip
        known = anchor.algorithm in ALGORITHMS and bool(anchor.fingerprint) and bool(anchor.name)
    except (ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise AnchorRefusedError
    return anchor
