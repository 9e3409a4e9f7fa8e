"""The requests that benches send: reports over the REST interface, each with a key of its own."""

import itertools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from linli.site.rules.reports import reports

ROUTE = "/api/v1/events"
WORDS = Path(__file__).parents[1] / "sample" / "bench.json"


def sample_words() -> dict[str, Any]:
    """Return a report that is rare (`rare`) and what people search for (`searches`)."""
    words: dict[str, Any] = json.loads(WORDS.read_text("utf-8"))
    return words


def report_requests(ground: Mapping[str, Any], *, prefix: str) -> Iterator[bytes]:
    """Yield whole HTTP requests without end; `prefix` and a number make the Idempotency-Key."""
    for number, report in enumerate(reports(ground["texts"], ground["points"])):
        body = json.dumps(report, ensure_ascii=False).encode()
        yield request("POST", ROUTE, ground["key"], f"Idempotency-Key: {prefix}-{number}\r\n", body)


def made_before(requests: Iterator[bytes], count: int) -> list[bytes]:
    """Make so many requests before the clock starts, so that making them costs the measurement nothing."""
    return list(itertools.islice(requests, count))


def request(method: str, path: str, key: str = "", more: str = "", body: bytes = b"") -> bytes:
    """Return one whole HTTP request."""
    told = f"Authorization: Bearer {key}\r\n" if key else ""
    sort = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{told}{more}{sort}\r\n".encode() + body
