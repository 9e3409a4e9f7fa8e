"""What a browser is told about a page: nothing runs that is not ours, and one style stands in the page by its hash."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from linli.kernel.middleware import HeadersMiddleware
from linli.kernel.rules.headers import policy

pytestmark = pytest.mark.django_db


def answered(view):
    return HeadersMiddleware(view)(RequestFactory().get("/"))


def test_nothing_inline_is_allowed_and_nothing_from_elsewhere():
    said = answered(lambda _request: HttpResponse("x"))
    told = said["Content-Security-Policy"]
    assert "unsafe" not in told
    assert "http" not in told
    assert {"default-src 'self'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= {
        one.strip() for one in told.split(";")
    }
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in said["Permissions-Policy"]


def test_an_answer_that_says_more_of_itself_keeps_its_words():
    said = answered(lambda _request: HttpResponse("x", headers={"Content-Security-Policy": "sandbox"}))
    assert said["Content-Security-Policy"] == "sandbox"


def test_the_style_in_the_first_page_is_named_by_its_hash(client):
    said = client.get("/")
    (style,) = re.findall(r"<style>(.*?)</style>", said.content.decode(), re.DOTALL)
    mark = b64encode(sha256(style.encode()).digest()).decode()
    assert f"'sha256-{mark}'" in said["Content-Security-Policy"]
    assert "sha256-" not in policy()


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/api/v1/docs", "/nowhere"])
def test_pages_hold_no_script_of_their_own(client, address):
    said = client.get(address)
    assert "Content-Security-Policy" in said
    for attributes, inside in re.findall(r"<script([^>]*)>(.*?)</script>", said.content.decode(), re.DOTALL):
        assert not inside.strip() or "json" in attributes
    assert not re.search(r'\s(?:on\w+|style)="', said.content.decode())
