"""Error pages: the reader learns what happened and what to do, and nothing of anybody else."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.test import Client, override_settings
from django.urls import path
from django.utils import translation

from linli.kernel.rules.limits import TooManyRequestsError
from linli.kernel.views import errors

handler400 = "linli.kernel.views.errors.bad_request"
handler403 = "linli.kernel.views.errors.forbidden"
handler404 = "linli.kernel.views.errors.not_found"
handler429 = "linli.kernel.views.errors.too_many_requests"
handler500 = "linli.kernel.views.errors.server_error"

RAISED = {
    "400": SuspiciousOperation,
    "403": PermissionDenied,
    "413": RequestDataTooBig,
    "429": TooManyRequestsError(retry_after=30),
    "500": ZeroDivisionError("13812345678"),
}


def fail(request, status):
    raise RAISED[status]


urlpatterns = [path("fail/<str:status>", fail)]


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize("status", [*RAISED, "404"])
def test_error_page_says_what_happened(visitor, status):
    response = visitor.get(f"/fail/{status}" if status != "404" else "/nowhere")
    page = response.content.decode()
    with translation.override("zh-hans"):
        title, sentence = map(str, errors.SENTENCES[int(status)])
    assert response.status_code == int(status)
    assert title in page
    assert sentence in page
    assert response["X-Request-ID"] in page
    assert "13812345678" not in page


def test_error_page_speaks_the_language_of_the_reader(visitor):
    page = visitor.get("/fail/403", headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="en"' in page
    assert "You may not see this" in page
    assert '<html lang="zh-Hans"' in visitor.get("/fail/403").content.decode()


def test_error_for_a_program_is_json(visitor):
    response = visitor.get("/fail/404x", headers={"Accept": "application/json", "Accept-Language": "en"})
    assert response.json()["status"] == "500"
    response = visitor.get("/nowhere", headers={"Accept": "application/json", "Accept-Language": "en"})
    assert (response.status_code, response.json()["title"]) == (404, "There is nothing here")


def test_too_many_requests_says_when_to_come_again(visitor):
    assert visitor.get("/fail/429")["Retry-After"] == "30"


def test_form_without_its_token_says_what_to_do(rf):
    with translation.override("en"):
        response = errors.csrf_failed(rf.get("/"), reason="no cookie")
    assert response.status_code == 403
    assert "load the page again" in response.content.decode()
    assert "no cookie" not in response.content.decode()
