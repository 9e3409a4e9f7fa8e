r"""The canonical form of a ledger entry and its digest.

The canonical form is a JSON array on one line, in UTF-8, of exactly these 18 items in this order:

     1 "linli.ledger.1"      the name of this form
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

Items are separated by a comma and one space, also inside the arrays; an empty array is `[]`. In texts only `"`, `\` and
the control characters below U+0020 are escaped: \b \f \n \r \t, the others as \u00xx in lower-case hex. This is how
PostgreSQL prints `jsonb_build_array(...)::text`, so that the form can be made again from the columns: see
`CANONICAL_SQL`. The digest is the SM3 hash of these bytes. U+0000 cannot be stored and is refused by the database.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from linli.kernel import api as kernel

FORM = "linli.ledger.1"
CANONICAL_SQL = f"""
    jsonb_build_array('{FORM}', id, (extract(epoch from at) * 1000000)::bigint, actor_kind, person_id, holding_id,
        unit_id, post_code, action, purpose, case_ref, object_kind, object_id, to_jsonb(subjects), to_jsonb(elements),
        result, origin, basis)::text"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry ready to be recorded: its canonical form and the 32 bytes of its digest, as SQL takes them."""

    id: UUID
    text: str
    digest: bytes


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


def first_id_at(moment: datetime) -> UUID:
    """Return the smallest id that an entry made at this moment can have (UUIDv7 begins with the milliseconds)."""
    return UUID(int=(moment - _EPOCH) // timedelta(milliseconds=1) << 80)


def leaf_of(use: Use) -> Leaf:
    """Return the canonical form and digest of a use."""
    text = _encode(
        [
            FORM,
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
    )
    return Leaf(id=use.id, text=text, digest=kernel.sm3(text.encode()))
