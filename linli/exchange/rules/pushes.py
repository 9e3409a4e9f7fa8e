"""What a message with changes says: of each one under the recipient's pseudonym what it is now, or that it left."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

CHANGED, IS, LEFT = "grant.changed", "is", "left"


class Contract(Protocol):
    """What is said of the grant."""

    number: str
    purpose: str
    kind: str


def state_of(now_known: object | None) -> str:
    """Return `is` for who is within the grant; `left` for who is gone, or lives elsewhere now."""
    return LEFT if now_known is None else IS


def message(grant: Contract, sequence: int, changes: Sequence[Mapping[str, Any]], at: datetime) -> str:
    """Return the body of a message as text: a later `sequence` overrules an earlier one about the same subject."""
    data = {"grant": grant.number, "purpose": grant.purpose, "kind": grant.kind, "sequence": sequence,
            "changes": list(changes)}  # fmt: skip
    said = {"type": CHANGED, "timestamp": at.isoformat(timespec="milliseconds"), "data": data}
    return json.dumps(said, ensure_ascii=False)


def only(body: str, elements: Collection[str]) -> str:
    """Return a message in which nothing but these elements is said of anybody."""
    said = json.loads(body)
    for one in said["data"]["changes"]:
        if "values" in one:
            one["values"] = {code: value for code, value in one["values"].items() if code in elements}
    return json.dumps(said, ensure_ascii=False)


def without(body: str, subjects: Collection[str]) -> str:
    """Return a message in which nothing is said of these subjects but that they left."""
    said = json.loads(body)
    said["data"]["changes"] = [
        {"subject": one["subject"], "state": LEFT} if one["subject"] in subjects else one
        for one in said["data"]["changes"]
    ]
    return json.dumps(said, ensure_ascii=False)
