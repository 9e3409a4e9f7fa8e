"""The terms of rights in force: the newest version of the county, else as they ship."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from linli.trust.models import PolicyVersion
from linli.trust.models.right import Kind
from linli.trust.queries.policies import versions_of
from linli.trust.rules.right_terms import RightTerm, right_terms_from

POLICY = "right_terms"
SAMPLE = Path(__file__).parents[1] / "sample" / "rights.json"


def right_terms() -> dict[str, RightTerm]:
    """Return the term of each right. One query."""
    row = right_term_versions().first()
    return read_right_terms(row.content if row else _shipped())


def days_for(kind: str) -> int:
    """Return within how many working days a right is answered."""
    return right_terms()[kind].days


def right_term_versions() -> QuerySet[PolicyVersion]:
    """Return every version, the newest first, with who made it."""
    return versions_of(POLICY)


def read_right_terms(content: Any) -> dict[str, RightTerm]:
    """Return terms of all rights from plain data. Raises RightRefusedError."""
    return right_terms_from(content, kinds=Kind.values)


@cache
def _shipped() -> dict[str, Any]:
    rows: list[dict[str, Any]] = json.loads(SAMPLE.read_text("utf-8"))
    return {row["kind"]: {"days": row["days"], "basis": row["basis"]} for row in rows}
