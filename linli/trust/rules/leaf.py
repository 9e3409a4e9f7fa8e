r"""The canonical form of a ledger entry and its digest.

The canonical form is a JSON array on one line, in UTF-8, of exactly these items in this order. Form 1 has the first 18;
forms 2 and 3 have all 21 and are used where an entry belongs to a chain of uses across organisations:

     1 "linli.ledger.1"      the name of this form, or "linli.ledger.2" or "linli.ledger.3"
     2 id                    UUID, lower-case with hyphens
     3 at                    microseconds since 1970-01-01T00:00:00Z, an integer
     4 actor_kind            staff, resident, guest or system
     5 person_id             UUID or null
     6 holding_id            UUID or null
     7 unit_id               integer or null
     8 post_code             text, empty where there is none (so are all texts below)
     9 action
    10 purpose
    11 case_ref
    12 object_kind
    13 object_id
    14 subjects              array of texts, in the order given
    15 elements              array of texts, in the order given
    16 result
    17 origin
    18 basis
    19 trace                32 hex digits shared by all uses of one business, here and elsewhere (W3C Trace Context)
    20 parent               the use out of which this one came: the id of an entry
    21 parent_node          the node whose entry that is, empty for our own

Items 19 to 21 are trace_id, parent_operation_id and foreign_operation of the Dutch Logboek dataverwerkingen; its
operation_id is our id, its processing_activity_id our purpose.
Items are separated by a comma and one space, also inside the arrays; an empty array is `[]`. In texts only `"`, `\` and
the control characters below U+0020 are escaped: \b \f \n \r \t, the others as \u00xx in lower-case hex. This is how
PostgreSQL prints `jsonb_build_array(...)::text`, so that the form can be made again from the columns: see
`CANONICAL_SQL`. The digest is the SM3 hash of these bytes; in form 3, which a node set to SHA-256 writes, the SHA-256
hash. U+0000 cannot be stored and is refused by the database.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from linli.kernel import api as kernel
from linli.trust.rules.merkle import HASHES, SHA256

PLAIN, TRACED, TRACED_SHA256 = 1, 2, 3
FORM = "linli.ledger."
_ITEMS = """id, CASE WHEN isfinite(at) THEN (extract(epoch from at) * 1000000)::bigint END, actor_kind, person_id,
        holding_id, unit_id, post_code, action, purpose, case_ref, object_kind, object_id, to_jsonb(subjects),
        to_jsonb(elements), result, origin, basis"""
CANONICAL_SQL = f"""
    CASE WHEN form = {PLAIN} AND trace = '' AND parent = '' AND parent_node = ''
        THEN jsonb_build_array('{FORM}{PLAIN}', {_ITEMS})
        ELSE jsonb_build_array('{FORM}' || form, {_ITEMS}, trace, parent, parent_node) END::text"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_TRACE = re.compile("[0-9a-f]{32}")
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry ready to be recorded: its canonical form and the 32 bytes of its digest, as SQL takes them."""

    id: UUID
    text: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Trace:
    """The chain that a use belongs to: 32 hex digits for the whole, and the use out of which it came, at which node."""

    trace: str
    parent: str = ""
    node: str = ""


NO_TRACE = Trace("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The content of one entry: who did what to which data about whom, and why."""

    id: UUID
    at: datetime
    actor_kind: str
    action: str
    purpose: str
    object_kind: str
    object_id: str
    person_id: UUID | None = None
    holding_id: UUID | None = None
    unit_id: int | None = None
    post_code: str = ""
    case_ref: str = ""
    subjects: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    result: str = "ok"
    origin: str = ""
    basis: str = ""
    trace: Trace = NO_TRACE


def first_id_at(moment: datetime) -> UUID:
    """Return the smallest id that an entry made at this moment can have (UUIDv7 begins with the milliseconds)."""
    return UUID(int=(moment - _EPOCH) // timedelta(milliseconds=1) << 80)


def is_trace(text: str) -> bool:
    """Tell whether a text may stand for a chain of uses: 32 lower-case hex digits, not all of them zero."""
    return _TRACE.fullmatch(text) is not None and text.strip("0") != ""


def leaf_of(use: Use, *, sha256: bool = False) -> Leaf:
    """Return the canonical form and digest of a use."""
    form = TRACED_SHA256 if sha256 else TRACED if use.trace.trace else PLAIN
    items = [
        f"{FORM}{form}",
        str(use.id),
        (use.at - _EPOCH) // _MICROSECOND,
        use.actor_kind,
        str(use.person_id) if use.person_id else None,
        str(use.holding_id) if use.holding_id else None,
        use.unit_id,
        use.post_code,
        use.action,
        use.purpose,
        use.case_ref,
        use.object_kind,
        use.object_id,
        use.subjects,
        use.elements,
        use.result,
        use.origin,
        use.basis,
    ]
    if form != PLAIN:
        items += [use.trace.trace, use.trace.parent, use.trace.node]
    text = _encode(items)
    return Leaf(id=use.id, text=text, digest=digest_of(form, text))


def digest_of(form: int, text: str) -> bytes:
    """Return the digest of a canonical form."""
    return HASHES[SHA256](text.encode()) if form == TRACED_SHA256 else kernel.sm3(text.encode())
