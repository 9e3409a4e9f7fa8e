"""How good what a run brought was 数据质量: complete, valid, unique, timely, each from 0 to 1."""

from collections.abc import Mapping


def quality(*, rows: int, columns: Mapping[str, Mapping[str, int]], repeated: int, timely: int) -> dict[str, float]:
    """Return the four scores of a run.

    Complete: filled cells of mapped columns. Valid: filled cells that were taken. Unique: rows whose key the same run
    had not brought before. Timely: rows observed within the update cycle. `columns` counts {filled, bad} for each.
    """
    filled = sum(one["filled"] for one in columns.values())
    bad = sum(one["bad"] for one in columns.values())
    return {
        "complete": _share(filled, rows * len(columns)),
        "valid": _share(filled - bad, filled),
        "unique": _share(rows - repeated, rows),
        "timely": _share(timely, rows),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
