"""Search terms as numbers, so that PostgreSQL needs no extension: neighbouring pieces of names and addresses.

A piece is one Chinese character or one run of letters or digits: 3栋2单元501 is 3|栋|2|单|元|501, so that 3栋 is not
found in 13栋. Terms are the pieces of a name, the runs of an address, and of both all pairs of neighbours.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

LONGEST_QUERY = 60
_PIECES = re.compile(r"[0-9a-z]+|[\u3400-\u9fff\U00020000-\U0003ffff]")
_NUMBER = re.compile(r"\d+")
_EVERYWHERE = re.compile(r"[栋幢座号楼单元室层]|\d")  # pieces that nearly every address holds


def pieces_of(text: str) -> list[str]:
    """Return the pieces of a text in order; width, case and punctuation do not count."""
    return _PIECES.findall(unicodedata.normalize("NFKC", text).lower())


def name_terms(text: str) -> set[int]:
    """Return the terms of a name: it is found by one character."""
    pieces = pieces_of(text)
    return {_number(one) for one in pieces} | _pairs(pieces)


def text_terms(text: str) -> set[int]:
    """Return the terms of an address or another text: it is found by two neighbours or by a number alone."""
    pieces = pieces_of(text)
    return {_number(one) for one in pieces if one.isascii()} | _pairs(pieces)


def query_terms(query: str) -> list[int]:
    """Return the terms that must all be there; empty where nothing is asked."""
    pieces = pieces_of(query[:LONGEST_QUERY])
    return sorted(_pairs(pieces) if len(pieces) > 1 else {_number(one) for one in pieces})


def telling_terms(query: str) -> list[int]:
    """Return those of the terms that not everybody has, for an index to begin with; all where none tells."""
    pieces = pieces_of(query[:LONGEST_QUERY])
    telling = [pair for place, pair in enumerate(pairwise(pieces)) if _tells(*pair, is_first=not place)]
    return sorted({_pair(*pair) for pair in telling}) or query_terms(query)


def _tells(one: str, two: str, *, is_first: bool) -> bool:
    """Tell whether a pair narrows a search down: a number with what stands before it does, once for each number."""
    if two.isdigit():
        return True
    is_told = one.isdigit() and not is_first
    return not (_EVERYWHERE.fullmatch(two) and (is_told or _EVERYWHERE.fullmatch(one)))


@lru_cache(maxsize=10_000)
def scope_term(kind: str, level: str, key: object) -> int:
    """Return the term that says "of this kind, and in this division or grid", apart from all words."""
    return _number(f"\x00{kind}:{level}:{key}")


def sort_key(text: str) -> str:
    """Return a text that sorts as people count: the second floor before the tenth."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return _NUMBER.sub(lambda found: found[0].zfill(5), plain)[:120]


def _pairs(pieces: list[str]) -> set[int]:
    return {_pair(one, two) for one, two in pairwise(pieces)}


def _pair(one: str, two: str) -> int:
    return _number(f"{one}\x01{two}")


def _number(term: str) -> int:
    return crc32(term.encode()) - 0x8000_0000
