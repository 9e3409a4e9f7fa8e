"""Former names of places and those of today 新旧地名对照, as tables in memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

__all__ = ["MOST_SPELLINGS", "alike", "spelled", "todays"]

MOST_SPELLINGS = 4
SHORTEST = 3  # characters: a shorter name is found in too many words
Pair = tuple[str, str]  # a name and the one that the same place bears today


def todays(pairs: Iterable[Pair], borne: Collection[str]) -> dict[str, str]:
    """Return for each former name the one of today: only names that lead to one name and that no place `borne` bears.

    东风路 that is 人民路 in one town and still 东风路 in another leads nowhere, rather than to the wrong place.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for former, now in pairs:
        if len(former) >= SHORTEST and former != now:
            found[former].add(now)
    return {former: next(iter(now)) for former, now in sorted(found.items()) if len(now) == 1 and former not in borne}


def spelled(text: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a text and how it reads with the other names of the place that it names; at most four in all."""
    if not names:
        return [text]
    longest = sorted((name for name in names if name in text), key=len, reverse=True)
    if not longest:
        return [text]
    return [text, *(text.replace(longest[0], other) for other in names[longest[0]])][:MOST_SPELLINGS]


def alike(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    """Return for each name, former or of today, the others of its places."""
    groups: dict[str, set[str]] = defaultdict(set)
    for former, now in pairs:
        groups[now] |= {now, former}
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups.values():
        for name in group:
            found[name] |= group - {name}
    return {name: sorted(others) for name, others in found.items()}
