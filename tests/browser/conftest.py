"""One Chromium and one node for the whole suite, one context for each role, and a watch over each page."""

import os
import re

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.node import node as running_node

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-dev-shm-usage", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]  # fmt: skip
HERE = "tests/browser/"
PATIENCE = 60_000  # ms; the figures that are promises have their own limits
UNHASHED = re.compile(r"/static/.*(?<!\.[0-9a-f]{12})\.js$")
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out by group
def pytest_collection_modifyitems(items):
    """Everything here is marked, so that `make quick` leaves it out."""
    for item in items:
        if item.nodeid.startswith(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def node():
    with running_node() as one:
        yield one


@pytest.fixture(scope="package")
def chromium():
    # While Playwright's loop lives in this thread, Django must not take that for an asynchronous caller.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("LINLI_CHROMIUM") or "/usr/bin/chromium", args=ARGUMENTS
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Watch:
    """Collects what must not happen on a page: console errors, failed parts, other hosts, scripts under two names."""

    def __init__(self, address):
        self.address, self.troubles = address, []

    def over(self, page):
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        return page

    def _console(self, message):
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text}")

    def _request(self, request):
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.troubles.append(f"another host: {request.url}")
        if UNHASHED.search(request.url):
            self.troubles.append(f"a script without its hash, which may run a second time: {request.url}")

    def _response(self, response):
        if response.status >= 400 and not response.request.is_navigation_request():
            self.troubles.append(f"{response.status}: {response.url}")


@pytest.fixture
def watch(node):
    watch = Watch(node.address)
    yield watch
    assert watch.troubles == []


@pytest.fixture(scope="package")
def roles(chromium, node):
    """Return `open(role)`: the context of somebody signed in, made once."""
    known = {}

    def open_role(role):
        if role not in known:
            size = PHONE if role == "guest" else DESK
            known[role] = _context(chromium, node, viewport=size)
            if role != "guest":
                _sign_in(known[role], role, node.password)
        return known[role]

    yield open_role
    for context in known.values():
        context.close()


@pytest.fixture
def page_of(roles, watch):
    """Return `page_of(role)`: a new watched page of somebody."""
    pages = []

    def new_page(role="guest"):
        pages.append(watch.over(roles(role).new_page()))
        return pages[-1]

    yield new_page
    for page in pages:
        page.close()


@pytest.fixture
def fresh(chromium, node, watch):
    """Return `fresh(**options)`: a page of a browser that was never here."""
    contexts = []

    def new_page(**options):
        contexts.append(_context(chromium, node, **{"viewport": PHONE, **options}))
        return watch.over(contexts[-1].new_page())

    yield new_page
    for context in contexts:
        context.close()


def _context(chromium, node, **options):
    context = chromium.new_context(base_url=node.address, locale="zh-CN", reduced_motion="reduce", **options)
    context.set_default_timeout(PATIENCE)
    return context


def _sign_in(context, role, password):
    page = context.new_page()
    page.goto("/accounts/login/?next=/desk/")
    page.fill("[name=login]", role)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    page.close()
