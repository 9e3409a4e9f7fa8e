"""Every interface keeps its own description, whoever calls and whatever is sent: made-up calls by schemathesis.

A few calls for each operation in `make test`; `EXPLORE=1` makes many more, and new ones each time.
"""

import contextlib
import os
from dataclasses import dataclass

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response
from schemathesis.specs.openapi import checks

from linli.accounts import api as accounts
from tests.town import MONDAY, build

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DESCRIBED = ("/api/v1/openapi.json", "/api/exchange/v1/openapi.json", "/open311/openapi.json",
             "/api/sheets/v1/openapi.json")  # fmt: skip
EXPLORING = bool(os.environ.get("EXPLORE"))
CALLS = 100 if EXPLORING else 4
KEPT = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_headers_conformance, checks.response_schema_conformance, checks.missing_required_header,
    checks.unsupported_method,
    checks.allow_header_conformance,
]  # fmt: skip


@dataclass(frozen=True)
class Caller:
    """Who calls: a post of the town with a key, or nobody."""

    name: str
    headers: dict[str, str]


@pytest.fixture
def callers():
    town = build()
    found = [Caller("nobody", {}), Caller("a forger", {"Authorization": "Bearer linli_forged"})]
    for holding in accounts.holdings_on(MONDAY.date()).order_by("post__code").distinct("post__code"):
        key = accounts.issue_token(holding=holding, name="fuzz", by=accounts.SYSTEM, now=MONDAY).raw
        found.append(Caller(holding.post.code, {"Authorization": f"Bearer {key}"}))
    assert town.values
    return found


@pytest.mark.parametrize("address", DESCRIBED)
def test_no_call_breaks_the_description_or_the_node(callers, address):
    schema = schemathesis.openapi.from_dict(Client().get(address).json())
    operations = [one.ok() for one in schema.get_all_operations()]
    assert operations
    broken = [one for operation in operations for mode in GenerationMode for one in _troubles(operation, mode, callers)]
    assert not broken, "\n".join(broken)


def _troubles(operation, mode, callers):
    """Return what is wrong with the answers to made-up calls, whoever calls."""
    found = []

    @settings(
        max_examples=CALLS, deadline=None, database=None, derandomize=not EXPLORING, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def calls(case):  # to make one up takes longer than to answer it: all callers make the same
        for caller in callers:
            try:
                case.validate_response(_answer(case, caller), checks=KEPT)
            except FailureGroup as group:
                wrong = [f"{one.title}: {one.message}" for one in group.exceptions]
                found.extend(f"{operation.label} by {caller.name}: {one}" for one in wrong)

    with contextlib.suppress(Unsatisfiable):  # nothing can be wrong with a call that takes nothing, whoever makes it
        calls()
    return found


def _answer(case, caller):
    """Send a call as Django's client does, in the transaction of the test; return what a network client would get."""
    told = case.as_transport_kwargs(base_url="http://testserver")
    sent = requests.Request(
        **{key: value for key, value in told.items() if key in {"method", "url", "params", "json", "data", "files"}},
        headers={**told["headers"], **caller.headers},
    ).prepare()
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
    kind = sent.headers.pop("Content-Type", "") or ""
    sent.headers.pop("Accept-Encoding", None)
    got = Client(raise_request_exception=False).generic(
        sent.method, sent.path_url, body, content_type=kind, headers=dict(sent.headers)
    )
    heads = {name.lower(): [value] for name, value in got.headers.items()}
    return Response(got.status_code, heads, got.getvalue(), sent, elapsed=0.0, verify=False)
