"""Which street and county the messages of a file speak of, by division tables as files and not by what a node holds."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from linli.kernel import api as kernel
from linli.kernel import slots
from linli.regions.rules.coded_places import Divisions, PlaceReader, learn_codes, own_city
from linli.regions.rules.codes import LENGTHS, level_of
from linli.regions.rules.tables import BadRow, read_table, table_files

__all__ = ["names_of_tables", "places_of_messages"]

COLUMNS = ("msg_id", "title", "body")
COUNTY_LEVEL = 3


def places_of_messages(*, messages: Path, divisions: Sequence[Path], aliases: Path | None) -> list[Mapping[str, Any]]:
    """Return for each message msg_id, street (9 digits or None) and county (6 digits or None).

    `divisions` are tables or folders of them; `aliases` is a csv with code and county, for what cannot be learned.
    Raises NotJudgeableError.
    """
    rows = kernel.read_rows(messages, columns=COLUMNS)
    known = Divisions(dict(names_of_tables(divisions, lowest=COUNTY_LEVEL)))
    texts = [f"{row['title']}\n{row['body']}" for row in rows]
    own = known.within(own_city(texts, known) or "")
    codes = learn_codes(texts, own)
    if aliases:
        codes |= {row["code"]: row["county"] for row in kernel.read_rows(aliases, columns=("code", "county"))}
    reader = PlaceReader(own, codes)
    told = ((row["msg_id"], reader.read(row["title"], row["body"])) for row in rows)
    return [{"msg_id": key, "street": one.street, "county": one.county} for key, one in told]


def names_of_tables(divisions: Sequence[Path], *, lowest: int) -> Iterator[tuple[str, str]]:
    """Yield (code without its zeros, name) from tables or folders of them, for the levels from `lowest` on down.

    Raises NotJudgeableError.
    """
    files = [file for path in divisions for file in _files(path)]
    if not files:
        raise slots.NotJudgeableError("None of the paths holds a table of divisions: csv with code and name.")
    for file in files:
        for row in read_table(file):
            if isinstance(row, BadRow):
                continue
            level = level_of(row.code)
            if level >= lowest:
                yield row.code[: LENGTHS[level - 1]], row.name


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise slots.NotJudgeableError(f"There is no {path}. Name a table of divisions or a folder of them.")
    return table_files(path)
