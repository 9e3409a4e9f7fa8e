"""Every address of the house, and visitors who walk through all of them looking for what they must not see.

`tests/town.py` gives the town: `build()` returns an object with
- `secrets`: a sequence of `Secret`, planted words that only insiders may read;
- `insiders`, `outsiders`: sequences of `Visitor`. Each outsider is a person with a post over another county, or nobody;
- `values`: what stands for the parameters of addresses. Either by the telling name of the parameter,
  `{"event_id": [event.id]}`, or by the name of the route, `{"events:photo": [{"event_id": ..., "number": 1}]}`;
- `queries` (may be left out): query strings to try on a route, `{"events:list": ["state=closed", "format=csv"]}`.
"""

import gzip
import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from itertools import product
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

SAYS_NOTHING = {"id", "pk", "uuid", "slug", "name", "code", "key", "path", "token"}
METHODS = ("get", "post")
MOST_CHUNKS, NO_SUCH_METHOD = 200, 405
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
# Pages of the sign-in package; what stands here belongs to nobody.
SIGN_IN = {
    "account_confirm_email": [{"key": "none"}],
    "account_reset_password_from_key": [{"uidb36": "0", "key": "none"}],
    "mfa_edit_webauthn": [{"pk": 0}],
    "mfa_remove_webauthn": [{"pk": 0}],
}


@dataclass(frozen=True)
class Secret:
    """Words planted in the town that an outsider must never read."""

    text: str
    what: str


@dataclass(frozen=True)
class Visitor:
    """Somebody who walks through the house: signed in as a person, with a key in the headers, or as a guest."""

    name: str
    person: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """One address pattern. `key` is its full name, or the pattern itself where it has none."""

    key: str
    pattern: str
    parameters: tuple[str, ...]
    converters: Mapping[str, Any] = field(compare=False, hash=False, default_factory=dict)

    def path(self, values: Mapping[str, Any]) -> str:
        """Return the address with the parameters filled in."""
        written = {name: self.write(name, value) for name, value in values.items()}
        return "/" + (self.pattern % written).lstrip("/")

    def write(self, name: str, value: Any) -> str:
        """Return a parameter as it stands in the address."""
        converter = self.converters.get(name)
        return converter.to_url(value) if converter else str(value)


@dataclass(frozen=True)
class Answer:
    """What a visitor got at one address."""

    route: Route
    request: str
    status: int
    text: str
    body: str = ""


_closed: dict[tuple[str, Route, str], bool] = {}


class UnknownRouteError(AssertionError):
    """An address has a parameter that the town does not know a value for."""


def routes(resolver: URLResolver | None = None) -> list[Route]:
    """Return every address pattern of the house."""
    return list(_walk(resolver or get_resolver(), "", "", {}))


def fill(route: Route, values: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return the sets of values to try on a route. Raises UnknownRouteError when there are none."""
    if not route.parameters:
        return [{}]
    own = [given for given in [*values.get(route.key, ()), *SIGN_IN.get(route.key, ())] if isinstance(given, Mapping)]
    fitting = [dict(given) for given in own if set(given) == set(route.parameters)]
    if fitting:
        return fitting
    unknown = [name for name in route.parameters if name in SAYS_NOTHING or not values.get(name)]
    if unknown:
        raise UnknownRouteError(f"{route.key} ({route.pattern}): no value for {', '.join(unknown)}")
    choices = product(*(values[name] for name in route.parameters))
    return [dict(zip(route.parameters, choice, strict=True)) for choice in choices]


def unknown_routes(values: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return what is missing in the values of the town, one sentence for each route."""
    found = []
    for route in routes():
        try:
            fill(route, values)
        except UnknownRouteError as error:
            found.append(str(error))
    return found


def is_closed(route: Route, path: str, method: str) -> bool:
    """Tell whether an address knows no such method: it says so to a guest, before it looks who asks."""
    known = (settings.ROOT_URLCONF, route, method)
    if known not in _closed:
        _closed[known] = ask(Client(raise_request_exception=False), route, path, method).status == NO_SUCH_METHOD
    return _closed[known]


def closed_to_some_method() -> set[str]:
    """Return the addresses that a walk found closed to a method."""
    return {route.key for (_house, route, _method), is_so in _closed.items() if is_so}


def walk(
    visitor: Visitor,
    values: Mapping[str, Sequence[Any]],
    queries: Mapping[str, Sequence[str]] | None = None,
    methods: Sequence[str] = METHODS,
    among: Sequence[Route] | None = None,
) -> Iterator[Answer]:
    """Yield what the visitor gets at every address by every method it knows; what a request changes is undone."""
    home = Client(raise_request_exception=False, headers=dict(visitor.headers))
    if visitor.person is not None:
        home.force_login(visitor.person)
    for route in routes() if among is None else among:
        for given in fill(route, values):
            for query in ["", *(queries or {}).get(route.key, ())]:
                path = route.path(given) + (f"?{query}" if query else "")
                for method in methods:
                    if not is_closed(route, path, method):
                        yield ask(home, route, path, method)


def ask(home: Client, route: Route, path: str, method: str, said: Mapping[str, str] | None = None) -> Answer:
    """Return what the visitor who is signed in at `home` gets at an address; what the request changes is undone."""
    client = Client(raise_request_exception=False, **home.defaults)
    client.handler = home.handler  # it has loaded the middleware
    client.cookies.load({name: morsel.value for name, morsel in home.cookies.items()})
    with transaction.atomic():
        response = getattr(client, method)(path, said)
        text = _readable(response)
        transaction.set_rollback(True)
    body = "" if getattr(response, "streaming", False) else response.content.decode("utf-8", errors="replace")
    return Answer(route, f"{method.upper()} {path}", response.status_code, text, body)


def leaks(answer: Answer, secrets: Sequence[Secret]) -> list[Secret]:
    """Return the secrets that can be read in an answer."""
    return [secret for secret in secrets if secret.text in answer.text]


def _walk(resolver: URLResolver, pattern: str, space: str, converters: Mapping[str, Any]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        known = {**converters, **entry.pattern.converters}
        joined = pattern + _template(entry.pattern)
        if isinstance(entry, URLPattern):
            key = f"{space}{entry.name}" if entry.name else f"{space}/{joined}"
            yield Route(key, joined, tuple(re.findall(r"%\((\w+)\)s", joined)), known)
        else:
            yield from _walk(entry, joined, f"{space}{entry.namespace}:" if entry.namespace else space, known)


def _template(pattern: Any) -> str:
    """Return the pattern with `%(name)s` where a parameter stands."""
    if isinstance(pattern, RoutePattern):
        plain = str(pattern).replace("%", "%%")
        return re.sub(r"<(?:[^:>]+:)?(\w+)>", r"%(\1)s", plain)
    if not hasattr(pattern, "_regex"):  # the language prefix
        return str(pattern)
    return normalize(str(pattern))[0][0]


def _readable(response: Any) -> str:
    """Return everything a person could read in an answer: headers, text, and what is packed inside."""
    if getattr(response, "streaming", False):
        chunks = (chunk for chunk, _ in zip(response.streaming_content, range(MOST_CHUNKS), strict=False))
        body = b"".join(chunks)
    else:
        body = response.content
    headers = "\n".join(f"{name}: {_decoded(value)}" for name, value in response.headers.items())
    text = "\n".join(_unpack(body))
    read = [unquote(headers), text]  # and what it says to who takes the signs for what they stand for
    if "\\u" in text:
        read.append(ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text))
    if "&" in text:
        read.append(html.unescape(text))
    if "%" in text:
        read.append(unquote(text))
    return "\n".join(read)


def _decoded(value: str) -> str:
    return str(make_header(decode_header(value))) if "=?" in value else value


def _unpack(body: bytes) -> Iterator[str]:
    if body.startswith(b"\x1f\x8b"):
        body = gzip.decompress(body)
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield packed.read(name).decode("utf-8", errors="replace")
    yield body.decode("utf-8", errors="replace")
