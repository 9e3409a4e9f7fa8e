"""Webhooks: the kinds of messages, what they say, and how they are signed (Standard Webhooks, signature v1)."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

PREFIX = "whsec_"
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


def new_secret() -> str:
    """Return a secret of 192 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def signed(secret: str, delivery_id: UUID, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers of an attempt: HMAC-SHA256 over id, time of the attempt (Unix seconds) and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    moment = str(int(at.timestamp()))
    content = f"{delivery_id}.{moment}.".encode() + body
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": str(delivery_id),
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{signature}",
    }
