"""A REST interface that answers with JSON: pages, tokens, and what changed since."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.exchange.rules.refusals import SettingsRefusedError, SourceUnreachableError
from linli.exchange.rules.tables import text_of
from linli.exchange.rules.words import NO, YES
from linli.exchange.slots import Ask, Chunk, Connector, Setting

if TYPE_CHECKING:
    import httpx

SECONDS, MOST_PAGES = 20.0, 100_000
PAGINGS = (
    ("none", gettext_lazy("everything at once")),
    ("page", gettext_lazy("number of the page")),
    ("offset", gettext_lazy("number of the first row")),
    ("next", gettext_lazy("address of the next page in the answer")),
)
TOKENS = (
    ("none", gettext_lazy("none")),
    ("bearer", gettext_lazy("fixed token (Bearer)")),
    ("header", gettext_lazy("fixed key in a header of its own")),
    ("client", gettext_lazy("OAuth 2 client credentials")),
)


class Rest(Connector):
    """Objects of a JSON interface, page by page."""

    code = "rest"
    label = gettext_lazy("REST interface (JSON)")
    settings = (
        Setting("url", gettext_lazy("Address"), gettext_lazy("It begins with https:// or, inside, with http://.")),
        Setting("rows", gettext_lazy("Where the rows stand"),
                gettext_lazy("Names with points between, such as data.list; empty if the answer is a list."),
                is_needed=False),
        Setting("paging", gettext_lazy("Paging"), type="choice", choices=PAGINGS, initial="none"),
        Setting("page_name", gettext_lazy("Name of the page parameter"),
                gettext_lazy("Such as page or offset; for the next page: where its address stands."),
                is_needed=False, initial="page"),
        Setting("size_name", gettext_lazy("Name of the size parameter"), is_needed=False, initial="size"),
        Setting("size", gettext_lazy("Rows of a page"), type="number", initial="500"),
        Setting("since_name", gettext_lazy("Name of the parameter for what is new"), is_needed=False),
        Setting("token_kind", gettext_lazy("Token"), type="choice", choices=TOKENS, initial="none"),
        Setting("token_name", gettext_lazy("Header, or client id"), is_needed=False),
        Setting("token_url", gettext_lazy("Address that gives tokens"), is_needed=False),
        Setting("token", gettext_lazy("Token, key or client secret"), is_secret=True, is_needed=False),
    )  # fmt: skip
    resource_hint = gettext_lazy("The path behind the address, such as /api/persons.")

    def check(self, settings: Mapping[str, str]) -> str:
        """Ask for the address."""
        with _client(settings) as client:
            answer = _get(client, settings["url"], {})
        return _("The interface answers with status %(status)d.") % {"status": answer.status_code}

    def read(self, settings: Mapping[str, str], ask: Ask) -> Iterator[Chunk]:
        """Yield page after page until one is empty, short or the same as the one before."""
        header: list[str] = []
        last: Sequence[Any] = ()
        cursor = ask.cursor
        with _client(settings) as client:
            for answer in _pages(client, settings, ask):
                rows = _rows(answer, settings.get("rows", ""))
                if not rows or rows == last:
                    return
                last = rows
                header = header or list(dict.fromkeys(name for row in rows for name in row))
                cursor = max([cursor, *(text_of(row.get(ask.cursor_column)) for row in rows)])
                yield Chunk(header, [[_text(row.get(name)) for name in header] for row in rows], cursor)


def _pages(client: "httpx.Client", settings: Mapping[str, str], ask: Ask) -> Iterator[Any]:
    url = settings["url"].rstrip("/") + ask.resource
    way, size = settings.get("paging", "none"), int(settings.get("size") or 500)
    fixed = {settings["since_name"]: ask.cursor} if settings.get("since_name") and ask.cursor else {}
    for page in range(MOST_PAGES):
        asked: dict[str, Any] = dict(fixed)
        if way in {"page", "offset"}:
            asked[settings.get("page_name") or way] = page + 1 if way == "page" else page * size
            asked[settings.get("size_name") or "size"] = size
        answer = _json(_get(client, url, asked))
        yield answer
        if way == "none":
            return
        if way == "next":
            following = _inside(answer, settings.get("page_name") or "next")
            if not following:
                return
            url, fixed = urljoin(url, str(following)), {}


def _client(settings: Mapping[str, str]) -> "httpx.Client":
    import httpx  # noqa: PLC0415  slow to import, needed by the reading process only

    url = settings.get("url", "")
    if not url.startswith(("https://", "http://")):
        raise SettingsRefusedError("url", _("The address begins with https://."))
    kind, token = settings.get("token_kind", "none"), settings.get("token", "")
    headers = {"Accept": "application/json", "User-Agent": "Linli"}
    if kind == "client":
        token = _fetched(settings)
    if kind in {"bearer", "client"}:
        headers["Authorization"] = f"Bearer {token}"
    if kind == "header":
        headers[settings.get("token_name") or "X-Api-Key"] = token
    return httpx.Client(headers=headers, timeout=SECONDS, follow_redirects=False)


def _fetched(settings: Mapping[str, str]) -> str:
    """Return a token for the client secret (RFC 6749, 4.4)."""
    import httpx  # noqa: PLC0415  slow to import

    asked = {"grant_type": "client_credentials", "client_id": settings.get("token_name", ""),
             "client_secret": settings.get("token", "")}  # fmt: skip
    with httpx.Client(timeout=SECONDS) as client:
        try:
            answer = client.post(settings.get("token_url", ""), data=asked)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceUnreachableError(_("The address that gives tokens can't be reached.")) from error
    if not answer.is_success:
        raise SourceUnreachableError(_("No token was given (status %(status)d).") % {"status": answer.status_code})
    return str(_json(answer).get("access_token", ""))


def _get(client: "httpx.Client", url: str, asked: Mapping[str, Any]) -> "httpx.Response":
    import httpx  # noqa: PLC0415  slow to import

    try:
        answer = client.get(url, params=dict(asked) or None)
    except httpx.TimeoutException as error:
        raise SourceUnreachableError(_("The other side did not answer in time.")) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceUnreachableError(_("The other side can't be reached.")) from error
    if not answer.is_success:
        raise SourceUnreachableError(_("The interface refused (status %(status)d).") % {"status": answer.status_code})
    return answer


def _json(answer: "httpx.Response") -> Any:
    try:
        return answer.json()
    except ValueError as error:
        raise SourceUnreachableError(_("The answer is no JSON.")) from error


def _rows(answer: Any, path: str) -> list[dict[str, Any]]:
    found = _inside(answer, path) if path else answer
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise SourceUnreachableError(_("There are no rows where the settings say they stand."))
    return found


def _inside(answer: Any, path: str) -> Any:
    for name in path.split("."):
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return text_of(value)
