"""What `linli bench ledger` does inside its own database: record, seal, prove, verify, read."""

import io
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpRequest
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.site.plugins.bench_people import OFFICER
from linli.trust import api as trust

SHORTEST = 0.1  # seconds between two seals, as the relay seals
FORM = b"purpose=visit&steps=1"
PATIENCE = 600.0  # seconds without a new entry, after which sealing gives up


def write(count: int, group: int) -> dict[str, Any]:
    """Record so many uses, a group in each transaction."""
    began = time.time()
    for start in range(0, count, group):
        leaves = [trust.compose(**use_of(number)) for number in range(start, min(start + group, count))]
        with transaction.atomic():
            trust.record_all(leaves)
    return {"records": count, "began": began, "ended": time.time()}


def seal(count: int) -> dict[str, Any]:
    """Seal ten times a second, as the relay does, until so many entries were sealed."""
    sealed, busy, last = 0, 0.0, time.monotonic()
    while sealed < count and time.monotonic() < last + PATIENCE:
        started = time.monotonic()
        made = trust.seal_waiting(now=kernel.now())
        spent = time.monotonic() - started
        if made:
            sealed, busy, last = sealed + made, busy + spent, time.monotonic()
        time.sleep(max(0.0, SHORTEST - spent))
    return {"sealed": sealed, "busy_seconds": round(busy, 2)}


def settle() -> dict[str, Any]:
    """Seal what planting left, so that the entries counted afterwards are those of the writers."""
    return {"sealed": trust.seal_waiting(now=kernel.now())}


def prove(count: int) -> dict[str, Any]:
    """Prove entries all over the ledger under its newest head, check each, and say how long proving took."""
    times = []
    ids = trust.entry_ids(about=count)
    for entry_id in ids:
        started = time.perf_counter()
        proof = trust.prove_entry(entry_id=entry_id)
        times.append(time.perf_counter() - started)
        trust.check_inclusion(proof)
    times.sort()
    return {
        "proofs": len(times),
        "median_ms": _ms(statistics.median(times)),
        "p95_ms": _ms(times[len(times) * 95 // 100]),
    }


def verify() -> dict[str, Any]:
    """Verify everything and say how long it took."""
    started = time.perf_counter()
    check = trust.verify_ledger()
    return {"seconds": time.perf_counter() - started, "sealed": check.sealed, "ok": check.ok}


def cards(count: int) -> dict[str, Any]:
    """Open cards by turns with the ledger and without, and say what part of the time it adds.

    For an officer at the page of the desk; and `bare`, where the node itself reads a card and draws no page.
    """
    page, people = _page_of_a_card()
    now = kernel.now()
    bare = partial(registry.open_card, by=accounts.SYSTEM, purpose="serve", now=now)
    with_ms, without_ms, overhead = _compared(page, people, count)
    return {
        "with_ms": with_ms, "without_ms": without_ms, "overhead": overhead,
        "bare": _compared(lambda entity_id: bare(entity_id=entity_id), people, count)[2],
    }  # fmt: skip


def _page_of_a_card() -> tuple[Callable[[UUID], object], list[UUID]]:
    """Return what opens the page of a card for an officer who is signed in, and whom to open."""
    officer = next(one for one in accounts.actors_with("registry.see", on=timezone.localdate()) if one.name == OFFICER)
    seen = registry.look_through(wanted=registry.Wanted(), by=officer, now=kernel.now()).items
    serve, asked = WSGIHandler(), _signed_in() | {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(FORM))}

    def opened(entity_id: UUID) -> None:
        answer = serve({**asked, "PATH_INFO": f"/desk/base/{entity_id}", "wsgi.input": io.BytesIO(FORM)}, _begin)
        if b"<dl" not in b"".join(answer):
            message = "the page of a card did not open"
            raise LookupError(message)
        answer.close()

    return opened, [one.id for one in seen[:20]]


def _signed_in() -> dict[str, Any]:
    """Return what the browser of an officer sends with each form, beside the form."""
    request, token = HttpRequest(), secrets.token_hex(CSRF_SECRET_LENGTH // 2)
    request.session = SessionStore()
    login(request, get_user_model().objects.get(username=OFFICER), backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return {
        "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}; csrftoken={token}",
        "HTTP_X_CSRFTOKEN": token, "HTTP_HOST": "localhost", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "REMOTE_ADDR": "127.0.0.1", "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1", "SCRIPT_NAME": "", "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
    }  # fmt: skip


def _begin(_status: str, _headers: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], object]:
    """Take the head of an answer."""
    return bytes


def _compared(read: Callable[[UUID], object], people: Sequence[UUID], count: int) -> tuple[float, float, float]:
    """Return the medians with the ledger and without, in milliseconds, and what the first is more, as a part."""
    spent: dict[bool, list[float]] = {True: [], False: []}
    recorders = {name: getattr(trust, name) for name in ("record", "record_all")}
    for turn in range(-2, count * 2):
        recording = turn % 2 == 0
        for name, real in recorders.items():
            setattr(trust, name, real if recording else _nothing)  # only here, to know what it costs
        started = time.perf_counter()
        read(people[turn // 2 % len(people)])
        if turn >= 0:
            spent[recording].append(time.perf_counter() - started)
    for name, real in recorders.items():
        setattr(trust, name, real)
    with_it, without = (statistics.median(spent[one]) for one in (True, False))
    return _ms(with_it), _ms(without), round(with_it / without - 1, 4)


def use_of(number: int) -> dict[str, Any]:
    """Return one use as it is recorded."""
    return {
        "by": accounts.SYSTEM, "action": "read", "purpose": "bench", "subjects": [f"{number:064x}"],
        "object_kind": "registry.person", "object_id": number, "elements": ["name_masked", "phone_masked", "address"],
        "now": kernel.now(),
    }  # fmt: skip


def _nothing(*_leaves: Any, **_use: Any) -> None:
    """Record nothing."""


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)


DEEDS: dict[str, Callable[..., dict[str, Any]]] = {
    "settle": settle,
    "write": write,
    "seal": seal,
    "prove": prove,
    "verify": verify,
    "cards": cards,
}
