"""Writes the next version of what a county may set in trust."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linli.accounts import api as accounts
from linli.trust.models import PolicyVersion
from linli.trust.queries.policies import versions_of


def next_version(*, code: str, content: Mapping[str, Any], by: accounts.Actor, now: datetime) -> PolicyVersion:
    """Put it in force, in the caller's transaction; who asks has been checked, and records it."""
    last = versions_of(code).select_for_update(of=("self",)).first()
    return PolicyVersion.objects.create(
        code=code, number=last.number + 1 if last else 1, content=content, made_at=now, made_by_id=by.person_id
    )
