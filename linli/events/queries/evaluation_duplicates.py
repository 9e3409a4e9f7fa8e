"""How well near-identical reports are found, on a file of messages.

Truth is told by another means than the one judged: two messages are near-identical where their words, aligned in
order, agree in seven tenths of all characters (`difflib`). What is judged is the index of `rules.likeness`, which knows
nothing of order. A pair is compared at all when it shares a run of twelve characters.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

from linli.events.rules.likeness import LikenessIndex
from linli.kernel import api as kernel

__all__ = ["evaluate_duplicates"]

RUN = 12
COMMONPLACE = 60  # a run in more messages than this is a formula of letters
AGREE = 0.7

Pair = tuple[int, int]


def evaluate_duplicates(*, messages: Path) -> dict[str, Any]:
    """Return precision and recall over pairs of a csv with tokens, or with title and body. Raises NotJudgeableError."""
    rows = kernel.read_rows(messages, columns=())
    worded = [_words(row) for row in rows]
    texts = ["".join(words) for words in worded]
    truth, found = _aligned(worded, texts), _found(texts)
    right = len(truth & found)
    return {
        "precision": round(right / max(len(found), 1), 4),
        "recall": round(right / max(len(truth), 1), 4),
        "pairs": len(truth),
        "found": len(found),
        "messages": len(texts),
    }


def _found(texts: Sequence[str]) -> set[Pair]:
    index: LikenessIndex[int] = LikenessIndex()
    return {(one.key, number) for number, text in enumerate(texts) for one in index.add(number, text)}


def _aligned(worded: Sequence[list[str]], texts: Sequence[str]) -> set[Pair]:
    runs: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for run in {text[start : start + RUN] for start in range(max(len(text) - RUN + 1, 1))}:
            runs[run].append(number)
    pairs = Counter(
        pair for numbers in runs.values() if len(numbers) <= COMMONPLACE for pair in combinations(numbers, 2)
    )
    return {(one, other) for one, other in pairs if _agree(worded[one], worded[other])}


def _agree(one: list[str], other: list[str]) -> bool:
    lengths = sum(map(len, one)), sum(map(len, other))
    if 2 * min(lengths) < AGREE * sum(lengths):
        return False
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    shared = sum(len(word) for block in blocks for word in one[block.a : block.a + block.size])
    return 2 * shared >= AGREE * sum(lengths)


def _words(row: dict[str, str]) -> list[str]:
    return row.get("tokens", "").split() or list("".join(f"{row.get('title', '')}{row.get('body', '')}".split()))
