"""How well addresses were read: shares of right divisions, and F1 over segments that are right in span and kind."""

from collections.abc import Sequence

from linli.regions.rules.address_model import Segment

__all__ = ["LEVELS", "scores"]

LEVELS = {"province": "prov", "city": "city", "county": "district", "town": "town"}
Row = Sequence[Segment]


def scores(truth: Sequence[Row], read: Sequence[Row]) -> dict[str, float]:
    """Return the shares of the rows whose province, city, county and town were read letter by letter, and segment F1.

    A share counts the rows that name one. F1 is over all segments of all rows: span and kind must both be right.
    """
    both = list(zip(truth, read, strict=True))
    shares = {level: _share([(_first(a, tag), _first(b, tag)) for a, b in both]) for level, tag in LEVELS.items()}
    right = sum(len(_spans(a) & _spans(b)) for a, b in both)
    told = sum(len(a) + len(b) for a, b in both)
    return {**shares, "segment_f1": 2 * right / told if told else 0.0}


def _first(row: Row, tag: str) -> str:
    return next((one.text for one in row if one.tag == tag), "")


def _share(pairs: Sequence[tuple[str, str]]) -> float:
    named = [a == b for a, b in pairs if a]
    return sum(named) / len(named) if named else 0.0


def _spans(row: Row) -> set[tuple[int, int, str]]:
    found, at = set(), 0
    for one in row:
        found.add((at, at + len(one.text), one.tag))
        at += len(one.text)
    return found
