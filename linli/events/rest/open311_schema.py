"""The Open311 interface as OpenAPI describes it: GeoReport v2 has words of its own, so they are written down here."""

from typing import Any

ABOUT = (
    "GeoReport v2 (http://wiki.open311.org/GeoReport_v2): what can be reported, reporting it, following it. Reading "
    "needs no key and shows what is public; with `api_key` it shows what the holder of the key may see. Errors are a "
    "list of `code` and `description`."
)
STRING: dict[str, Any] = {"type": "string"}
MAYBE: dict[str, Any] = {"type": ["string", "null"]}
DEGREES: dict[str, Any] = {"type": ["number", "null"]}
TIME: dict[str, Any] = {"type": "string", "format": "date-time"}
SERVICE = {
    "service_code": STRING, "service_name": STRING, "description": STRING, "metadata": {"type": "boolean"},
    "type": {"enum": ["realtime"]}, "keywords": STRING, "group": STRING,
}  # fmt: skip
ATTRIBUTE = {
    "variable": {"type": "boolean"}, "code": STRING, "required": {"type": "boolean"}, "order": {"type": "integer"},
    "datatype": {"enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]},
    "datatype_description": MAYBE, "description": STRING,
    "values": {"type": "array", "items": {"type": "object", "properties": {"key": STRING, "name": STRING}}},
}  # fmt: skip
REQUEST = {
    "service_request_id": STRING, "status": {"enum": ["open", "closed"]}, "status_notes": MAYBE,
    "service_name": MAYBE, "service_code": MAYBE, "description": MAYBE, "agency_responsible": MAYBE,
    "service_notice": MAYBE, "requested_datetime": TIME, "updated_datetime": TIME, "expected_datetime": MAYBE,
    "address": MAYBE, "address_id": MAYBE, "zipcode": MAYBE, "lat": DEGREES, "long": DEGREES, "media_url": MAYBE,
}  # fmt: skip
TAKEN = {"service_request_id": STRING, "service_notice": MAYBE, "account_id": MAYBE}
FIELDS = {
    "api_key": STRING, "jurisdiction_id": STRING, "service_code": STRING, "description": STRING,
    "lat": {"type": "number"}, "long": {"type": "number"}, "address_string": STRING, "address_id": STRING,
    "email": STRING, "device_id": STRING, "account_id": STRING, "first_name": STRING, "last_name": STRING,
    "phone": STRING, "media_url": STRING,
}  # fmt: skip


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


def _list(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties)}


def _answers(schema: dict[str, Any], *problems: int) -> dict[str, Any]:
    """Return the answers of an operation: both forms, and the errors that may come."""
    both = {"application/json": {"schema": schema}, "text/xml": {"schema": schema}}
    errors = _list({"code": {"type": "integer"}, "description": STRING})
    answers: dict[Any, Any] = {200: {"description": "OK", "content": both}}
    for status in problems:
        answers[status] = {"description": "Errors", "content": {"application/json": {"schema": errors}}}
    return {"responses": answers}


EXTRA = {"externalDocs": {"description": "GeoReport v2", "url": "http://wiki.open311.org/GeoReport_v2"}}
DISCOVERY = _answers(_object({"changeset": TIME, "contact": STRING, "key_service": STRING, "endpoints": {}}), 404)
SERVICES = _answers(_list(SERVICE), 400, 404)
DEFINITION = _answers(
    _object({"service_code": STRING, "attributes": {"type": "array", "items": _object(ATTRIBUTE)}}), 400, 404
)
REQUESTS = _answers(_list(REQUEST), 400, 403, 404)
TOKEN = _answers(_list({"service_request_id": STRING, "token": STRING}), 400, 404)
_FORM = _object(FIELDS, "api_key", "service_code")
REPORT = {
    **_answers(_list(TAKEN), 400, 403, 404),
    "requestBody": {
        "required": True,
        "description": "Answers to the questions of a service come as `attribute[CODE]` or `attribute[CODE][]`.",
        "content": {
            "application/x-www-form-urlencoded": {"schema": _FORM},
            "multipart/form-data": {
                "schema": _object({**FIELDS, "media": {"type": "string", "format": "binary"}}, *_FORM["required"])
            },
        },
    },
}
