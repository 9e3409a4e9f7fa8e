"""Log lines: one JSON object each, under the id of the request, without personal data."""

import json
import logging

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from linli.kernel.rules.logs import JsonLines, plain, request_id


def line(message, *values, error=None, **extra):
    record = logging.LogRecord("linli.kernel", logging.INFO, "f", 1, message, values, error)
    record.__dict__.update(extra)
    return json.loads(JsonLines().format(record))


def test_line_is_one_json_object_with_its_request():
    token = request_id.set("abc")
    try:
        told = line("第%d个\n", 3, status=200, phone="13812345678")
    finally:
        request_id.reset(token)
    assert told.pop("at").endswith("+00:00")
    assert told == {"level": "info", "logger": "linli.kernel", "message": "第3个\n", "request": "abc", "status": 200}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call 13812345678 now", "call … now"),
        ("证号11010519491231002X，", "证号…，"),
        ("南苑-20261122-0007", "南苑-20261122-0007"),
        ("019ab000-1111-7111-8111-123456789012", "019ab000-1111-7111-8111-123456789012"),
    ],
)
def test_long_numbers_of_people_are_left_out(text, expected):
    assert plain(text) == expected


@pytest.mark.django_db
def test_row_values_of_a_database_error_are_left_out():
    name = f"王{'小明'}"  # in two parts, or the traceback's own line would show it
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE secret (name text UNIQUE)")
        cursor.execute("INSERT INTO secret VALUES (%s)", [name])
        with pytest.raises(IntegrityError, match=name) as caught:
            cursor.execute("INSERT INTO secret VALUES (%s)", [name])
    told = line("failed", error=(caught.type, caught.value, caught.tb))
    assert "duplicate key" in told["error"]
    assert name not in told["error"]


def test_request_is_noted_by_its_route_and_under_its_id(caplog):
    with caplog.at_level(logging.INFO, "linli.requests"):
        response = Client().get("/healthz?phone=13812345678", headers={"X-Request-ID": "from-the-proxy"})
    (record,) = [record for record in caplog.records if record.name == "linli.requests"]
    assert response["X-Request-ID"] == "from-the-proxy"
    assert (record.getMessage(), record.status) == ("GET healthz", 200)
    assert "phone" not in JsonLines().format(record)


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "two\nlines here", "<script>alert(1)"])
def test_request_id_that_is_not_well_formed_is_replaced(given):
    answered = Client().get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"]
    assert answered != given
    assert len(answered) == 32


@pytest.mark.django_db
def test_request_is_noted_with_the_queries_it_took(caplog):
    with caplog.at_level(logging.INFO, "linli.requests"):
        Client().get("/healthz")
        Client().get("/readyz")
    alive, ready = (
        json.loads(JsonLines().format(record)) for record in caplog.records if record.name == "linli.requests"
    )
    assert alive["queries"] == 0
    assert ready["queries"] > 0
