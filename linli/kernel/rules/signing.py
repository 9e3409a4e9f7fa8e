"""How messages to other systems are signed: HMAC-SHA256 in the manner of Standard Webhooks, signature v1."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

PREFIX = "whsec_"


def new_secret() -> str:
    """Return a secret of 192 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def signed(secret: str, message_id: UUID | str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers of an attempt: the signature covers id, time of the attempt (Unix seconds) and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    moment = str(int(at.timestamp()))
    content = f"{message_id}.{moment}.".encode() + body
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": str(message_id),
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{signature}",
    }
