"""Rows of a CSV file, also gzipped, as files for judging come."""

import csv
import gzip
import sys
from collections.abc import Iterable
from pathlib import Path

__all__ = ["NotJudgeableError", "read_rows"]


class NotJudgeableError(ValueError):
    """The files of an evaluation cannot be used; the sentence says why and what to do."""


def read_rows(path: Path, *, columns: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of a UTF-8 csv or csv.gz that has at least these columns; raises NotJudgeableError."""
    csv.field_size_limit(sys.maxsize)
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as source:
            rows = [{name: value or "" for name, value in row.items() if name} for row in csv.DictReader(source)]
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as problem:
        raise NotJudgeableError(f"{path} cannot be read: {problem}. It must be a UTF-8 csv or csv.gz.") from problem
    wanted = list(columns)
    if not rows or not set(wanted) <= rows[0].keys():
        raise NotJudgeableError(f"{path} needs a header with {', '.join(wanted)}, and at least one row.")
    return rows
