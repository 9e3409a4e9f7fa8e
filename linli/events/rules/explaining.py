"""Whether a machine had a part in the class or the unit of an event."""

from collections.abc import Mapping, Sequence
from typing import Any

BY_RULE = frozenset({"rule", "duty", "centre", "fallback"})
DECIDING = frozenset({"model", "rule"})


def by_machine(model_version: str, why: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a model proposed the class or a dispatch rule chose the unit."""
    return bool(model_version) or any(one["kind"] in DECIDING for one in why)
