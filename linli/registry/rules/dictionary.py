"""The dictionary that ships: `sample/elements.csv` as data elements."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from linli.registry.rules.elements import ElementInfo

SHIPPED = Path(__file__).resolve().parents[1] / "sample" / "elements.csv"
YES = "yes"


def read_dictionary(path: Path = SHIPPED) -> list[ElementInfo]:
    """Return the data elements of a file with a heading row, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(_elements(csv.DictReader(file)))


def _elements(rows: Iterable[Mapping[str, str]]) -> Iterator[ElementInfo]:
    for position, row in enumerate(rows, start=1):
        yield ElementInfo(
            row["kind"],
            row["code"],
            row["label"],
            row["type"],
            row["table"],
            row["owner"],
            sharing=row["sharing"],
            basis=row["basis"],
            category=row["category"],
            sensitive=row["sensitive"] == YES,
            standard=row["standard"],
            mask=row["mask"],
            search=row["search"],
            grade=int(row["grade"]),
            identifies=row["identifies"] == YES,
            fresh_days=int(row["fresh_days"]) if row["fresh_days"] else None,
            position=position * 10,
            is_sample=row["checked"] != YES,
        )
