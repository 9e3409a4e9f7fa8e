"""Names of data elements by how they are put together: `sample/patterns.csv`, for what `synonyms.csv` does not list.

A pattern says the parts that a name is made of in general use, such as 申请, 享受 before 补贴, 津贴 before 类别, 种类.
It must fit a name as a whole, and nobody is sure because of it alone.
"""

import csv
import re
from functools import cache, lru_cache

from linli.sheets.rules.labels import LABELS_KEPT
from linli.sheets.rules.lexicon import LONGEST_WORD, SAMPLE, Word, words


def named(name: str) -> tuple[Word, ...]:
    """Return what a name in its compared form may be the name of: as listed, else as it is put together."""
    return words().get(name) or patterned(name)


@lru_cache(maxsize=LABELS_KEPT)
def patterned(name: str) -> tuple[Word, ...]:
    """Return the data elements whose pattern a name fits. Long names fit none: a pattern is never tried on a text."""
    if not 1 < len(name) <= LONGEST_WORD:
        return ()
    return tuple(
        Word(kind, element, transform, name, is_plain=False)
        for kind, element, transform, pattern in _patterns()
        if pattern.fullmatch(name)
    )


@cache
def _patterns() -> tuple[tuple[str, str, str, re.Pattern[str]], ...]:
    with (SAMPLE / "patterns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple((row["kind"], row["element"], row["transform"], re.compile(row["pattern"])) for row in rows)


__all__ = ["named", "patterned"]
