"""Reading by a grant 按授权取数: the grant is checked and counted in one statement, on every read."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from linli.accounts import api as accounts
from linli.exchange import states
from linli.exchange.models import Grant, Use
from linli.exchange.queries.rising import risen_of
from linli.exchange.rules.sharing_refusals import (
    GradeRisenError,
    GrantClosedError,
    KeyUsedError,
    NoSuchGrantError,
    NotGrantedError,
    QuotaSpentError,
    RefusedError,
)
from linli.exchange.rules.terms import QUERY, VERIFY
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

USE = "exchange.use"
MOST_ASKED = 20  # questions about one person in an hour: a value must not be found by asking ever closer
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """Who reads by which grant, for which purpose; `key` makes the same call once, however often it is sent.

    With `peer_id` a linked node asks for one of its units: then the grant is one that it holds, and `trace` joins the
    ledgers of both.
    """

    grant: str
    purpose: str
    by: accounts.Actor
    now: datetime
    key: str | None = None
    peer_id: UUID | None = None
    trace: trust.Trace = trust.NO_TRACE


def verify_one(*, call: Call, whom: registry.Whom, asked: registry.Condition) -> Answer:
    """Answer yes, no or unknown, and by which pseudonym the recipient knows the person.

    Raises NotAllowed, RefusedError, NotFindableError, BadValueError, TooManyRequestsError.
    """

    def answer(grant: Grant) -> tuple[Answer, int]:
        said, subject = registry.verify(
            reach=reach_of(grant, (asked.read,)), whom=whom, asked=asked, errand=errand_of(grant, call, VERIFY),
            now=call.now,
        )  # fmt: skip
        if subject is None:
            return {"answer": "unknown", "subject": None}, 0
        name = recipient_key(subject, grant)
        kernel.count_use(kind="exchange.verify", source=f"{grant.pk}:{name}", most=MOST_ASKED, now=call.now)
        return {"answer": {True: "yes", False: "no", None: "unknown"}[said], "subject": name}, 1

    content = ["verify", dict(whom), asked.element, asked.operator, asked.value]
    return _used(call, VERIFY, (asked.read,), content, answer)


def query_one(*, call: Call, whom: registry.Whom, elements: Sequence[str] = ()) -> Answer:
    """Return the granted elements of one person (or those of them that are named), masked where not lifted.

    Somebody who is not there, or not in the rows of the grant, is answered with `found: false`. Raises as `verify_one`.
    """

    def answer(grant: Grant) -> tuple[Answer, int]:
        wanted = tuple(elements) or tuple(grant.elements)
        errand = errand_of(grant, call, QUERY)
        (given,) = registry.release(reach=reach_of(grant, wanted), whom=[whom], errand=errand, now=call.now)
        return line_of(given, grant), int(given is not None)

    return _used(call, QUERY, tuple(elements), ["query", dict(whom), sorted(elements)], answer)


def charge(*, call: Call, way: str, elements: Sequence[str], people: int) -> Grant:
    """Count so many people on a grant and return it, in one statement that checks everything it allows.

    A grant that closes at a moment is closed for every `now` from that moment on; what was counted on one that stands
    still for a risen grade is undone with the transaction of the caller. Raises NotAllowed, RefusedError.
    """
    trust.require(call.by, USE)
    rows = _open_rows(call, way, elements)
    if not rows.filter(used__lte=F("quota") - people).update(used=F("used") + people):
        raise _why(call, way, elements)
    return _as_graded(Grant.objects.get(number=call.grant))


def check_open(*, call: Call, way: str, elements: Sequence[str]) -> Grant:
    """Return the grant where it is open for this, without counting. Raises NotAllowed, RefusedError."""
    trust.require(call.by, USE)
    grant = _open_rows(call, way, elements).first()
    if grant is None:
        raise _why(call, way, elements)
    return _as_graded(grant)


def reach_of(grant: Grant, elements: Sequence[str]) -> registry.Reach:
    """Return what the registry opens for these elements of a grant."""
    return registry.Reach(
        kind=grant.kind, elements=tuple(elements), division_id=grant.division_id, where=grant.rows,
        lifted=frozenset(grant.lifted),
    )  # fmt: skip


def errand_of(grant: Grant, call: Call, way: str) -> registry.Errand:
    """Return what the ledger is told."""
    return registry.Errand(
        by=call.by, purpose=grant.purpose, case=grant.number, action=f"exchange.{way}", trace=call.trace
    )


def line_of(given: registry.Released | None, grant: Grant) -> Answer:
    """Return what is given out about one person, under the pseudonym that this recipient knows."""
    if given is None:
        return {"found": False, "subject": None, "values": {}}
    return {"found": True, "subject": recipient_key(given.id, grant), "values": dict(given.values)}


def unit_pseudonym(entity_id: UUID, unit_id: int) -> str:
    """Return how a unit here knows a person 去标识化代码: the same at every call, another for every other unit.

    HMAC-SM3 (GB/T 32905) with a key derived for the unit from the key ring, which is not in the database.
    """
    return kernel.keyed_token(str(entity_id), context=f"exchange.recipient:{accounts.unit(unit_id).code}")[:32]


def recipient_key(entity_id: UUID, grant: Grant) -> str:
    """Return how the holder of a grant knows a person; a unit of another node has its own, too."""
    if grant.unit_id is not None:
        return unit_pseudonym(entity_id, grant.unit_id)
    made = grant.application
    return kernel.keyed_token(str(entity_id), context=f"exchange.recipient:{made.peer_id}:{made.from_unit}")[:32]


def digest_of(content: Any) -> str:
    """Return the mark by which a request that is sent again is known."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return kernel.keyed_token(text, context="exchange.request")


def _used(
    call: Call, way: str, elements: Sequence[str], content: Any, answer: Callable[[Grant], tuple[Answer, int]]
) -> Answer:
    """Count one use, answer it, and keep both; what was refused stands in the ledger, too."""
    digest = digest_of([*content, call.purpose]) if call.key else ""
    try:
        with transaction.atomic():
            if (before := _before(call, way, elements, digest)) is not None:
                return before
            grant = charge(call=call, way=way, elements=elements, people=1)
            said, found = answer(grant)
            _keep(grant, call, way, digest=digest, said=said, found=found)
            return said
    except (RefusedError, kernel.TooManyRequestsError):
        note_refusal(call, way, elements)
        raise


def _before(call: Call, way: str, elements: Sequence[str], digest: str) -> Answer | None:
    """Return the answer of the first time, where this key came before and the grant is still open.

    Two at once wait for each other: the row of the grant is held.
    """
    if call.key is None:
        return None
    Grant.objects.select_for_update().filter(pk__in=_held_by(call)).first()
    row = Use.objects.filter(grant__in=_held_by(call), key=call.key).first()
    if row is None:
        return None
    check_open(call=call, way=way, elements=elements)
    if row.digest != digest or not row.answer:
        raise KeyUsedError
    said: Answer = json.loads(row.answer.reveal())
    return said


def _keep(grant: Grant, call: Call, way: str, *, digest: str, said: Answer, found: int) -> None:
    kept = json.dumps(said, ensure_ascii=False) if call.key else None
    Use.objects.create(
        grant=grant, at=call.now, way=way, people=1, found=found, key=call.key, digest=digest, answer=kept
    )


def note_refusal(call: Call, way: str, elements: Sequence[str]) -> None:
    """Enter a refused read into the ledger."""
    with transaction.atomic():
        trust.record(
            by=call.by, action=f"exchange.{way}", purpose="exchange.sharing", subjects=[], object_kind="grant",
            object_id=call.grant[:40], case=call.grant[:40], elements=list(elements)[:50], result="refused",
            now=call.now, trace=call.trace,
        )  # fmt: skip


def _as_graded(grant: Grant) -> Grant:
    """Return the grant where it still stands on the grades it was decided on. Raises GradeRisenError."""
    if risen_of(grant).stops:
        raise GradeRisenError
    return grant


def units_of(by: accounts.Actor) -> list[int]:
    """Return the units for which somebody may read by a grant."""
    return sorted({held.unit_id for held in by.holdings_with(USE)})


def _held_by(call: Call) -> "QuerySet[Grant]":
    """Return the grant of this number that is held by who calls."""
    rows = Grant.objects.filter(number=call.grant)
    if call.peer_id is not None:
        return rows.filter(pk__in=Grant.objects.filter(unit=None, application__peer_id=call.peer_id).values("pk"))
    return rows.filter(unit_id__in=units_of(call.by))


def _open_rows(call: Call, way: str, elements: Sequence[str]) -> "QuerySet[Grant]":
    return _held_by(call).filter(
        state=states.ACTIVE, opens_at__lte=call.now,
        closes_at__gt=call.now, purpose__in={call.purpose} & registry.purposes_in_force(call.now),
        ways__contains=[way], elements__contains=list(elements),
    )  # fmt: skip


def _why(call: Call, way: str, elements: Sequence[str]) -> RefusedError:
    """Return the refusal that says why a grant did not open; a grant of another unit is none."""
    grant = _held_by(call).first()
    if grant is None:
        return NoSuchGrantError()
    if grant.state != states.ACTIVE or not grant.opens_at <= call.now < grant.closes_at:
        return GrantClosedError()
    if call.purpose not in {grant.purpose} & registry.purposes_in_force(call.now):
        return NotGrantedError()
    if way not in grant.ways or not set(elements) <= set(grant.elements):
        return NotGrantedError()
    return QuotaSpentError()
