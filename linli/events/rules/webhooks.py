"""Webhooks: the kinds of messages and what they say."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

TEST = "test"
KINDS = {
    "event.reported": _("reported: somebody reported something"),
    "event.dispatched": _("dispatched: another unit or matter"),
    "event.moved": _("moved: any step that changes the state"),
    "event.closed": _("closed, with its reason"),
    "event.reopened": _("opened again by the reporter"),
    "event.rated": _("rated by the reporter"),
}
FROM_FACT = ("step", "state", "reason", "solved", "satisfied")


def kind_of(fact_kind: str) -> str:
    """Return what a fact is called in messages: `events.EventClosed` is `event.closed`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", ".", fact_kind.rpartition(".")[2]).lower()


def message(kind: str, told_at: datetime, fact: Mapping[str, Any], event: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a message. Of the fact only plain marks are taken: no words, names or places of people."""
    marks = {name: fact[name] for name in FROM_FACT if name in fact}
    return {"type": kind, "timestamp": told_at.isoformat(timespec="milliseconds"), "data": {**event, **marks}}
