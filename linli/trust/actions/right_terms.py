"""Changing within how many working days rights of the person are answered 办理期限."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.trust.actions.guard import require
from linli.trust.actions.policies import next_version
from linli.trust.actions.record import record
from linli.trust.queries.right_terms import POLICY, read_right_terms, right_terms
from linli.trust.rules.right_terms import RightTerm, right_terms_content

PURPOSES = "trust.purposes"


@transaction.atomic
def save_right_terms(*, content: Mapping[str, Any], by: accounts.Actor, now: datetime) -> dict[str, RightTerm]:
    """Put other terms in force for what is asked from now on, as a version. Raises NotAllowed, RightRefusedError."""
    require(by, PURPOSES)
    terms = read_right_terms(content)
    if terms == right_terms():
        return terms
    row = next_version(code=POLICY, content=right_terms_content(terms), by=by, now=now)
    record(
        by=by, action="change", purpose="trust.rights", subjects=[], object_kind="trust.policy", object_id=POLICY,
        elements=[f"version.{row.number}"], now=now,
    )  # fmt: skip
    return terms
