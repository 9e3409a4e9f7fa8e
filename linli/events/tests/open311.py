"""What the tests of Open311 share: its fields, a key, a report, and a look at errors."""

import re

from linli.accounts import api as accounts
from tests.town import MONDAY, middle

ROOT = "/open311/v2"
SERVICE = {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"}
REQUEST = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address",
    "address_id", "zipcode", "lat", "long", "media_url",
}  # fmt: skip
W3C = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def key_of(town, name):
    return accounts.issue_token(holding=town.holdings[name], name="市民应用", by=accounts.SYSTEM, now=MONDAY).raw


def place():
    lng, lat = middle(0)
    return {"lat": str(lat), "long": str(lng)}


def post(client, key, fmt="json", **fields):
    said = {"service_code": "T-01", "description": "三单元楼道灯不亮", **place(), "api_key": key, **fields}
    sent = {name: value for name, value in said.items() if value is not None}
    return client.post(f"{ROOT}/requests.{fmt}", sent)


def wrong(answer, status):
    assert answer.status_code == status, answer.content
    errors = answer.json()
    assert isinstance(errors, list)
    assert errors
    assert all(error["code"] == status and error["description"] for error in errors)
    return errors
