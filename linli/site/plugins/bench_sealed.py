"""What `linli bench crypto` needs done inside its own database: ids written by COPY, and readers that never stop."""

import random
import secrets
import select
import sys
from datetime import UTC, datetime
from itertools import repeat
from struct import pack
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust

TABLE = "trust_exportrequest"  # a sealed value beside its token, with an index on it
COLUMNS = "id, kind, purpose, wanted, token, rows, grade, asked_by_id, asked_at, words, expires_at"
CONTEXT, TOKEN_CONTEXT = "trust.export.wanted", "bench.crypto"
AT_ONCE = 20_000
AT = datetime(2026, 1, 1, tzinfo=UTC)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"


def citizen_id(n: int) -> str:
    """Return a made-up id number with a right check digit (GB 11643), another one for each n up to 16 million."""
    day, order = divmod(n, 999)
    year, rest = divmod(day, 336)
    month, date = divmod(rest, 28)
    first = f"430102{1950 + year:04}{month + 1:02}{date + 1:02}{order + 1:03}"
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return first + CHECK[total % 11]


def make_ready() -> dict[str, Any]:
    """Make the ring and who asks; take the indexes off, as a first load does. Return both."""
    now = kernel.now()
    kernel.keep_ring()
    password = secrets.token_urlsafe(12)
    person = accounts.create_person(
        username="bench-crypto", name="bench", password=password, must_change_password=False, by=accounts.SYSTEM,
        now=now,
    )  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        return {"person": str(person.pk), "taken": kernel.take_indexes_off(cursor, trust.ExportRequest)}


def write(first: int, count: int, person: str) -> None:
    """Seal ids, make the tokens that find them, and copy both in."""
    for start in range(first, first + count, AT_ONCE):
        rows = _rows(range(start, min(start + AT_ONCE, first + count)), UUID(person))
        with transaction.atomic(), connection.cursor() as cursor:
            kernel.copying.into(cursor, TABLE, COLUMNS, rows)


def put_back(taken: dict[str, Any]) -> None:
    """Make the indexes, over two connections."""
    kernel.put_indexes_back_together(taken, sessions=2)
    kernel.check_keys(taken)


def look_on(seed: int) -> tuple[int, int]:
    """Find ids by token and open them until a line comes in; return how many reads went well and how many failed."""
    chance, good, bad = random.Random(seed), 0, 0  # noqa: S311  which rows are read
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), min(asked_by_id::text) FROM trust_exportrequest")
        count, person = cursor.fetchone()
    while not select.select([sys.stdin], [], [], 0)[0]:
        wanted = citizen_id(chance.randrange(count))
        good, bad = (good + 1, bad) if _found(wanted, person) == wanted else (good, bad + 1)
    return good, bad


def left_on_old_keys() -> int:
    """Return how many values need a key that does not seal any more."""
    used = [version for counts in kernel.keys_in_use().values() for version in counts]
    counts = [n for each in kernel.keys_in_use().values() for version, n in each.items() if version != max(used)]
    return sum(counts)


def _found(wanted: str, person: str) -> str:
    token = kernel.keyed_token(wanted, context=TOKEN_CONTEXT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wanted FROM trust_exportrequest WHERE token = %s AND asked_by_id = %s::uuid", [token, person]
        )
        row = cursor.fetchone()
    try:
        return kernel.unseal(bytes(row[0]), context=CONTEXT) if row else ""
    except kernel.UnreadableError:
        return ""


def _rows(numbers: range, person: UUID) -> bytes:
    make, ids = kernel.copying, [citizen_id(number) for number in numbers]
    said, moment = make.text("bench"), make.moment(AT)
    tail = (pack(">ii", 4, 1), pack(">ih", 2, 3), make.uuid(person), moment, make.text(""), moment)
    return make.rows(
        [make.uuid(UUID(int=number + 1)) for number in numbers],
        *map(repeat, (said, said)),
        map(make.blob, kernel.seal_all(ids, context=CONTEXT)),
        map(make.text, kernel.keyed_tokens(ids, context=TOKEN_CONTEXT)),
        *map(repeat, tail),
    )
