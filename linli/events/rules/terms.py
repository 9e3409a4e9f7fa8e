"""Search terms: each two neighbouring characters of a text as one number, so PostgreSQL needs no extension."""

import re
import unicodedata
from zlib import crc32

WORDS = re.compile(r"[0-9a-z]+|[\u3400-\u9fff\U00020000-\U0003ffff]+")
LONGEST_QUERY = 60


def terms_of(text: str) -> list[int]:
    """Return the distinct terms of a text. Letters and digits count as Chinese characters do; case and width do not."""
    return sorted({_number(pair) for pair in _pairs(text)})


def query_terms(query: str) -> list[int]:
    """Return the terms that a text must hold to be found; empty where the query is too short to search."""
    return terms_of(query[:LONGEST_QUERY])


def scope_term(kind: str, key: int) -> int:
    """Return the term that says "belongs to this unit, grid or division", apart from all words."""
    return _number(f"\x00{kind}:{key}")


def _pairs(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).lower()
    return [run[i : i + 2] for run in WORDS.findall(plain) for i in range(len(run) - 1)]


def _number(term: str) -> int:
    return crc32(term.encode()) - 0x8000_0000
