"""How good and how fast linkage is, on people whose truth is known."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from linli.exchange.queries.linkage_splink import link_by_splink
from linli.exchange.rules.linkage_batch import Linked, link
from linli.exchange.rules.linkage_crowd import crowd
from linli.exchange.rules.linkage_rows import Array, People, rows_of, sounds
from linli.exchange.rules.linkage_tables import link_table
from linli.exchange.rules.linkage_training import train
from linli.exchange.rules.linkage_weights import Weights

TAUGHT, TAUGHT_SEED = 100_000, 101


def pair_scores(found: Array, truth: Array) -> tuple[float, float]:
    """Return precision and recall of all pairs of records that are said to be one."""
    _values, whom = np.unique(found, return_inverse=True)
    said, meant = _pairs(whom), _pairs(truth)
    both = _pairs(whom.astype("i8") * (int(truth.max(initial=0)) + 1) + truth)
    return both / said if said else 1.0, both / meant if meant else 1.0


def taught(rows: Array | None = None) -> Weights:
    """Return a model learned from other made-up people than those it is measured on."""
    return train(rows_of(crowd(TAUGHT, seed=TAUGHT_SEED)[0]) if rows is None else rows)


def measured(people: People, truth: Array) -> tuple[Mapping[str, Any], Linked]:
    """Link people and return figures; `seconds` run from text in memory over cleaning and training to clusters."""
    other = crowd(TAUGHT, seed=TAUGHT_SEED)[0]
    sounds()
    began = perf_counter()
    model = taught(rows_of(other))
    trained = perf_counter()
    rows = rows_of(people)
    cleaned = perf_counter()
    linked = link(rows, model)
    done = perf_counter()
    precision, recall = pair_scores(linked.people, truth)
    return {
        "precision": precision, "recall": recall, "seconds": done - began, "train_seconds": trained - began,
        "clean_seconds": cleaned - trained, "link_seconds": done - cleaned, "pairs": linked.compared,
        "for_review": len(linked.doubtful[0]),
    }, linked  # fmt: skip


def evaluate_febrl(paths: Sequence[Path]) -> Mapping[str, Any]:
    """Link one file of the Febrl layout with itself, or two with each other; truth is in `rec-N-org`, `rec-N-dup-M`.

    Raises ValueError with a sentence where a file has no such ids.
    """
    columns: dict[str, list[str]] = {}
    truth: list[str] = []
    files: list[int] = []
    for number, path in enumerate(paths):
        for row in _febrl(path):
            truth.append(_whom(row.pop("rec_id", ""), path))
            files.append(number)
            for name, value in row.items():
                columns.setdefault(name, [""] * (len(truth) - 1)).append(value)
        for column in columns.values():
            column.extend([""] * (len(truth) - len(column)))
    _values, whom = np.unique(truth, return_inverse=True)
    began = perf_counter()
    found = link_table(columns, between=np.array(files) if len(paths) > 1 else None)
    seconds = perf_counter() - began
    precision, recall = pair_scores(found, whom)
    return {"precision": precision, "recall": recall, "records": len(truth), "seconds": seconds}


def _febrl(path: Path) -> Iterable[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            yield {(name or "").strip(): (value or "").strip() for name, value in row.items() if name}


def _whom(key: str, path: Path) -> str:
    parts = key.split("-")
    if len(parts) < 3 or parts[0] != "rec":  # noqa: PLR2004  rec, number, org
        raise ValueError(f"{path.name}: {key!r} is no id of the kind rec-12-org or rec-12-dup-0.")
    return parts[1]


def _pairs(labels: Array) -> int:
    _values, counts = np.unique(labels, return_counts=True)
    return int((counts * (counts - 1) // 2).sum())


def measure_batch(*, records: int, seed: int, splink: bool = True) -> Mapping[str, Any]:
    """Link so many made-up people in one go, and let Splink alone do the same; return the figures of both."""
    people, truth = crowd(records, seed=seed)
    figures, _linked = measured(people, truth)
    if not splink:
        return figures
    found, seconds = link_by_splink(people)
    precision, recall = pair_scores(found, truth)
    return {**figures, "splink_seconds": seconds, "splink_precision": precision, "splink_recall": recall}
