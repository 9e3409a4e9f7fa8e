"""Hands the tree out as a folder of files (C2SP tlog-tiles), and checks such a folder, with or without the database."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from linli.accounts import api as accounts
from linli.trust.actions.record import record
from linli.trust.queries.leaves import kept_leaves
from linli.trust.queries.proofs import NotSealedError
from linli.trust.queries.tiles import head_note, keys_of_ledger, newest_head, read_tiles
from linli.trust.rules.heads import BadHeadError, Head, read_key, read_note
from linli.trust.rules.merkle import BYTES, HASHES, WIDTH
from linli.trust.rules.proofs import who_signed
from linli.trust.rules.tiles import CHECKPOINT, KEYS, Wrong, bundle, check_bundles, path_of, widths
from linli.trust.rules.tree import tree_entry

FEW = 64


def export_tree(*, folder: Path, by: accounts.Actor, now: datetime) -> Head:
    """Write tiles, leaves, keys and the newest head into a folder, and return the head. It is entered into the ledger.

    What lies there already and is whole is written again alike; the head comes last. Raises NotSealedError.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        newest = newest_head()
        if newest is None:
            raise NotSealedError
        note = head_note(newest.number)
        _write_tiles(folder, newest.size)
        _write_leaves(folder, newest.size)
        keys = "".join(key.line() + "\n" for key in keys_of_ledger().values())
        _write(folder / KEYS, keys.encode())
        _write(folder / CHECKPOINT, note.encode())
    record(
        by=by, action="export", purpose="audit", subjects=(), object_kind="trust.ledger", object_id=newest.number,
        elements=(), now=now,
    )  # fmt: skip
    return read_note(note)[0]


def check_folder(*, folder: Path) -> tuple[Head, list[Wrong], bool]:
    """Make the tree of a folder again: its head, what does not agree, and whether one of its keys signed the head.

    Needs no database. Raises BadHeadError where there is no head.
    """
    try:
        note = (folder / CHECKPOINT).read_text()
        keys = [read_key(line) for line in (folder / KEYS).read_text().splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadHeadError("There is no tree head in this folder.") from error
    head = read_note(note)[0]
    wrong = list(check_bundles(_Files(folder), head.size, head.root, HASHES[head.hash]))
    return head, wrong, bool(who_signed(note, keys))


class _Files(Mapping[str, bytes]):
    """The files of a folder by name, read when asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _write_tiles(folder: Path, size: int) -> None:
    wanted = list(widths(size))
    for start in range(0, len(wanted), FEW):
        part = wanted[start : start + FEW]
        tiles = read_tiles((level, number) for level, number, _width in part)
        for level, number, width in part:
            _write(folder / path_of(level, number, width), tiles[level, number][: width * BYTES])


def _write_leaves(folder: Path, size: int) -> None:
    entries: list[bytes] = []
    for index, leaf in enumerate(kept_leaves()):
        if index == size:
            break
        entries.append(tree_entry(leaf.era, leaf.transaction, leaf.digest))
        if len(entries) == WIDTH or index == size - 1:
            _write(folder / path_of("entries", index // WIDTH, len(entries)), bundle(entries))
            entries = []


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
