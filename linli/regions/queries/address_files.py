"""Addresses with known segments as a file, and how well they are read: `address<TAB>text/tag text/tag …`."""

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

from linli.kernel import slots
from linli.regions.queries.addresses import known_names, shipped_model
from linli.regions.queries.evaluation import names_of_tables
from linli.regions.rules.address_model import TAGS, Segment
from linli.regions.rules.address_names import AddressNames
from linli.regions.rules.address_scores import scores
from linli.regions.rules.address_training import train

__all__ = ["evaluate_addresses", "read_addresses"]

FOLDS, HEADER = 3, "address\t"
Report = Callable[[str], None]


def evaluate_addresses(
    *, test: Path | None, learn_from: Path | None, divisions: Sequence[Path], report: Report
) -> dict[str, float]:
    """Return the scores of the model that ships, or of one that learns from a file; without a test, cross-validated.

    `divisions` are tables or folders of them; left out, the divisions that the node holds. Raises NotJudgeableError.
    """
    names = AddressNames(names_of_tables(divisions, lowest=1)) if divisions else known_names()
    known = read_addresses(learn_from) if learn_from else []
    if test is None:
        return _cross_validated(known, names, report)
    rows = read_addresses(test)
    model = train(known, names=names, version="evaluation", report=report) if known else shipped_model()
    return scores(rows, model.read([_text(row) for row in rows], names))


def read_addresses(path: Path) -> list[list[Segment]]:
    """Return the rows of a file, also gzipped. Raises NotJudgeableError for one that is missing or of another form."""
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        lines = raw.decode("utf-8-sig").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as problem:
        raise slots.NotJudgeableError(f"{path} cannot be read: {problem}") from problem
    rows = [_row(line, number) for number, line in enumerate(lines, 1) if line and not line.startswith(HEADER)]
    if not rows:
        raise slots.NotJudgeableError(f"{path} holds no address.")
    return rows


def _row(line: str, number: int) -> list[Segment]:
    _address, _tab, told = line.partition("\t")
    pieces = [piece.rpartition("/") for piece in told.split(" ") if piece]
    if not pieces or any(tag not in TAGS or not text for text, _slash, tag in pieces):
        raise slots.NotJudgeableError(f"Line {number} is not `address<TAB>text/tag text/tag …`: {line[:60]}")
    return [Segment(text, tag) for text, _slash, tag in pieces]


def _cross_validated(rows: Sequence[list[Segment]], names: AddressNames, report: Report) -> dict[str, float]:
    if len(rows) < FOLDS:
        raise slots.NotJudgeableError("Name a file to judge with --test, or one to learn from with --train.")
    truth: list[list[Segment]] = []
    read: list[list[Segment]] = []
    for fold in range(FOLDS):
        inside = [row for number, row in enumerate(rows) if number % FOLDS != fold]
        outside = rows[fold::FOLDS]
        model = train(inside, names=names, version="evaluation", report=report)
        truth += outside
        read += model.read([_text(row) for row in outside], names)
    return scores(truth, read)


def _text(row: Sequence[Segment]) -> str:
    return "".join(one.text for one in row)
