"""What the REST interface says of itself beyond its types: the webhooks, and what is listed."""

from datetime import datetime
from typing import Any

from ninja import Schema

from linli.events.rules.webhooks import HOT, KINDS

ABOUT = "Report events and follow them with a key: `Authorization: Bearer …`. What a key may see is what its post sees."
MAYBE = {"type": ["string", "null"]}
TIME = {"type": "string", "format": "date-time"}


class EventOut(Schema):
    """One event, without who reported."""

    number: str
    title: str
    text: str
    state: str
    matter: str | None
    unit: str
    address: str
    reported_at: datetime
    handle_due: datetime
    closed_at: datetime | None
    close_reason: str
    public_answer: str


class EventsOut(Schema):
    """A page of events; `next` is the `cursor` of the page after it."""

    items: list[dict[str, Any]]
    next: str | None


def webhooks() -> dict[str, Any]:
    """Return the messages of webhooks as OpenAPI 3.1 describes them."""
    return {"webhooks": {kind: {"post": _operation(kind, str(label))} for kind, label in KINDS.items()}}


def _operation(kind: str, label: str) -> dict[str, Any]:
    headers = ("webhook-id", "webhook-timestamp", "webhook-signature")
    return {
        "summary": kind,
        "description": f"{label}. Signed as Standard Webhooks says; the same `webhook-id` is the same message.",
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in headers
        ],
        "requestBody": {"content": {"application/json": {"schema": _message(kind)}}},
        "responses": {"2XX": {"description": "Taken. Anything else is tried again for two days."}},
    }


def _message(kind: str) -> dict[str, Any]:
    data = _issue() if kind == HOT else _event()
    properties = {"type": {"const": kind}, "timestamp": TIME, "data": {"type": "object", "properties": data}}
    return {"type": "object", "required": list(properties), "properties": properties}


def _event() -> dict[str, Any]:
    words = ("event_id", "number", "state", "channel", "grade", "unit_code", "unit")
    perhaps = ("matter_code", "matter", "street_code", "community_code", "grid", "close_reason", "url")
    data: dict[str, Any] = {name: {"type": "string"} for name in words} | dict.fromkeys(perhaps, MAYBE)
    return data | {"reported_at": TIME, "handle_due": TIME, "closed_at": {"type": ["string", "null"]}}


def _issue() -> dict[str, Any]:
    data: dict[str, Any] = {"issue_id": {"type": "string"}, "street_code": MAYBE, "community_code": MAYBE}
    return data | {"people": {"type": "integer"}, "events": {"type": "integer"}, "since": TIME, "until": TIME}
