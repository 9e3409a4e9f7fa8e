"""Changes to the stored ledger, made as somebody makes them who owns the database, and what verifying says of each."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, connection, transaction

from linli.kernel import api as kernel
from linli.site.plugins import bench_entries
from linli.trust import api as trust

# table -> (key columns, how a row is called in what verifying says)
TABLES = {
    "trust_ledgerentry": (("id",), "entry"),
    "trust_seal": (("number",), "seal"),
    "trust_treehead": (("number",), "seal"),
    "trust_headsignature": (("number", "key"), "seal"),
    "trust_tile": (("level", "number"), "tile"),
}
ORDER = "SELECT id, transaction, era FROM trust_ledgerentry ORDER BY era, transaction, id"
Names = set[Any]  # entries as text, seals as numbers, tiles as pairs: one of them has to be named
Change = Callable[[random.Random], Names]


def tamper(changes: int, entries: int, seed: int) -> dict[str, Any]:
    """Make one random change after the other, each taken back, and count how many were found and located."""
    chance = random.Random(seed)  # noqa: S311  the same changes each time
    _fill(entries, chance)
    head = trust.read_note(trust.newest_note())[0]
    if not trust.verify_ledger(noted=head).ok:
        return {"changes": 0, "found": 0, "located": 0, "missed": ["the ledger was not whole before"]}
    figures: dict[str, Any] = {"changes": 0, "found": 0, "located": 0, "missed": []}
    while figures["changes"] < changes:
        change = chance.choices([flip, drop, reorder, rewrite, slip_in, cut_tail, replace_tail], KINDS)[0]
        with _undone() as done:
            try:
                with transaction.atomic():
                    names = change(chance)
            except (DataError, IntegrityError):
                continue  # the database itself refuses: nothing was changed
            done.append(trust.verify_ledger(noted=head))
        _count(figures, change.__name__, names, done[0])
    return figures


KINDS = (60, 12, 8, 8, 4, 4, 4)


def _count(figures: dict[str, Any], kind: str, names: Names, check: trust.LedgerCheck) -> None:
    told = {one for each in check.problems for one in (each.entry, each.seal, each.tile) if one is not None}
    located = bool(names & told)
    figures["changes"] += 1
    figures["found"] += not check.ok
    figures["located"] += located
    if not located:
        figures["missed"].append([kind, *sorted(map(str, names))])


def flip(chance: random.Random) -> Names:
    """Turn one bit of one column of one row."""
    table = chance.choice(list(TABLES))
    keys, kind = TABLES[table]
    column, value, row = _cell(table, keys, chance)
    new = 1 if (column, value) == ("unit_id", None) else _turned(value, chance)
    where = " AND ".join(f"{key} = %s" for key in keys)
    seal = _seal_of(row[0]) if kind == "entry" else set()  # before it moves: there it will be missing
    _run(f"UPDATE {table} SET {column} = %s WHERE {where}", [new, *row])  # noqa: S608  our own names
    after = [new if key == column else old for key, old in zip(keys, row, strict=True)]
    return _names(kind, row) | _names(kind, after) | seal


def drop(chance: random.Random) -> Names:
    """Delete one row."""
    table = chance.choice(list(TABLES))
    keys, kind = TABLES[table]
    row = chance.choice(_run(f"SELECT {', '.join(keys)} FROM {table}"))  # noqa: S608  our own names
    names = _names(kind, row) | (_seal_of(row[0]) if kind == "entry" else set())
    _run(f"DELETE FROM {table} WHERE {' AND '.join(f'{key} = %s' for key in keys)}", row)  # noqa: S608  our own names
    return names


def reorder(chance: random.Random) -> Names:
    """Let two entries change places."""
    (one, first, _era), (other, second, _other_era) = _two(chance)
    names = _names("entry", [one]) | _names("entry", [other]) | _seal_of(one) | _seal_of(other)
    _run("UPDATE trust_ledgerentry SET transaction = %s WHERE id = %s", [second, one])
    _run("UPDATE trust_ledgerentry SET transaction = %s WHERE id = %s", [first, other])
    return names


def rewrite(chance: random.Random) -> Names:
    """Write another purpose, and the digest that fits it."""
    entry = chance.choice(_run(ORDER))[0]
    names = _names("entry", [entry]) | _seal_of(entry)
    _run("UPDATE trust_ledgerentry SET purpose = 'other' WHERE id = %s", [entry])
    text = trust.canonical_of(entry_id=entry)
    _run("UPDATE trust_ledgerentry SET digest = %s WHERE id = %s", [kernel.sm3(text.encode()), entry])
    return names


def slip_in(chance: random.Random) -> Names:
    """Add an entry that looks as if it had been there."""
    (one, place, era), _other = _two(chance)
    added = trust.record(**_use())
    _run("UPDATE trust_ledgerentry SET transaction = %s, era = %s WHERE id = %s", [place, era, added])
    return _names("entry", [added]) | _seal_of(added) | _seal_of(one)


def cut_tail(chance: random.Random) -> Names:
    """Take away the newest seals with everything that belongs to them, as an old backup does."""
    newest = _run("SELECT max(number) FROM trust_seal")[0][0]
    _cut(newest - chance.randrange(1, 6))
    return {newest}


def replace_tail(chance: random.Random) -> Names:
    """Take the newest seals away and put others there, sealed and signed with the keys of the node."""
    newest = _run("SELECT max(number) FROM trust_seal")[0][0]
    place = _run("SELECT max(transaction) FROM trust_ledgerentry")[0][0]
    kept = newest - chance.randrange(1, 6)
    _cut(kept)
    ids = [trust.record(**_use()) for _ in range(chance.randrange(1, 400))]
    _run("UPDATE trust_ledgerentry SET transaction = %s WHERE id = ANY(%s)", [place, ids])
    trust.seal_once(now=kernel.now())
    return {newest, kept + 1}


def _cut(kept: int) -> None:
    """Leave the seals up to `kept`."""
    size, era, number, entry = _run(
        "SELECT h.size, s.last_era, s.last_transaction, s.last_entry FROM trust_treehead h JOIN trust_seal s"
        " USING (number) WHERE number = %s", [kept],
    )[0]  # fmt: skip
    _run("DELETE FROM trust_ledgerentry WHERE (era, transaction, id) > (%s, %s, %s)", [era, number, entry])
    for table in ("trust_seal", "trust_treehead", "trust_headsignature"):
        _run(f"DELETE FROM {table} WHERE number > %s", [kept])  # noqa: S608  our own names
    for level in range(3):
        count = size >> 8 * level
        _run("DELETE FROM trust_tile WHERE level = %s AND number * 256 >= %s", [level, count])
        _run("UPDATE trust_tile SET hashes = substring(hashes FOR %s) WHERE level = %s AND number = %s",
             [count % 256 * 32, level, count // 256])  # fmt: skip


def _cell(table: str, keys: tuple[str, ...], chance: random.Random) -> tuple[str, Any, list[Any]]:
    columns = [row[0] for row in _run(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position", [table]
    )]  # fmt: skip
    column = chance.choice(columns)
    rows = _run(f"SELECT {', '.join(keys)}, {column} FROM {table} ORDER BY {', '.join(keys)}")  # noqa: S608  our own names
    *row, value = chance.choice(rows)
    return column, value, row


def _turned(value: Any, chance: random.Random) -> Any:
    """Return a value with one bit turned; where there is nothing to turn, something."""
    if isinstance(value, list):
        return [*value[:-1], _turned(value[-1], chance)] if value else [""]
    if isinstance(value, str):
        return _turned_text(value, chance) if value else "x"
    if isinstance(value, datetime):
        return value + timedelta(microseconds=chance.choice([-1, 1]) * (1 << chance.randrange(40)))
    if isinstance(value, memoryview | bytes):
        bit = chance.randrange(len(value) * 8)
        return (int.from_bytes(value, "big") ^ 1 << bit).to_bytes(len(value), "big")
    return value ^ 1 << chance.randrange(63) if isinstance(value, int) else _turned_id(value, chance)


def _turned_text(value: str, chance: random.Random) -> str:
    place = chance.randrange(len(value))
    return value[:place] + chr(ord(value[place]) ^ 1 << chance.randrange(5)) + value[place + 1 :]


def _turned_id(value: UUID | None, chance: random.Random) -> UUID:
    return UUID(int=value.int ^ 1 << chance.randrange(128)) if value else UUID(int=1)


def _names(kind: str, row: Any) -> Names:
    if kind == "entry":
        return {str(row[0])}
    return {tuple(row)} if kind == "tile" else {row[0]}


def _seal_of(entry: Any) -> Names:
    """Return the seal in whose range an entry stands."""
    rows = _run(
        "SELECT s.number FROM trust_seal s, trust_ledgerentry e WHERE e.id = %s AND (s.last_era, s.last_transaction,"
        " s.last_entry) >= (e.era, e.transaction, e.id) ORDER BY s.number LIMIT 1", [entry],
    )  # fmt: skip
    return {row[0] for row in rows}


def _two(chance: random.Random) -> tuple[Any, Any]:
    rows = _run(ORDER)
    one = chance.choice(rows)
    return one, chance.choice([row for row in rows if row[1] != one[1]])


def _fill(entries: int, chance: random.Random) -> None:
    """Record entries in transactions of several sizes and seal now and then; put the triggers to sleep."""
    left = entries
    while left > 0:
        group = min(left, chance.randrange(1, 12))
        with transaction.atomic():
            for _ in range(group):
                trust.record(**_use())
        left -= group
        if chance.random() < 0.2 or left <= 0:  # noqa: PLR2004  one in five
            trust.seal_once(now=kernel.now())
    for table in TABLES:
        _run(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def _use() -> dict[str, Any]:
    return bench_entries.use_of(random.randrange(1000))  # noqa: S311  any person


@contextmanager
def _undone() -> Iterator[list[trust.LedgerCheck]]:
    with transaction.atomic():
        yield []
        transaction.set_rollback(True)


def _run(sql: str, values: Any = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []
