"""Policies are drafted as a new version, put in force from a moment on, and rolled back by a copy of an older one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events.models import Policy
from linli.events.queries.policies import REVISION, sample_policies
from linli.events.rules.policies import PolicyRefusedError, problems_of
from linli.events.rules.refusals import RefusedError
from linli.kernel import api as kernel
from linli.trust import api as trust

RULES = "events.rules"


class InForceAlreadyError(RefusedError):
    """A version that is in force, or a moment in the past: neither may change what held before."""

    sentence = _("What held before can't be changed. Make a new version, from now on or later.")


def draft_policy(
    *, kind: str, content: Mapping[str, Any], by: accounts.Actor, now: datetime, words: str = ""
) -> Policy:
    """Keep a new version that does not hold yet. Raises PolicyRefusedError with every fault in a sentence."""
    trust.require(by, RULES)
    return _add(kind, content, by, now, words=words)


def put_policy_in_force(*, policy_id: int, since: datetime, by: accounts.Actor, now: datetime) -> Policy:
    """Let what is reported from `since` on follow this version. Running events keep theirs."""
    trust.require(by, RULES)
    with transaction.atomic():
        policy = Policy.objects.select_for_update().get(pk=policy_id)
        if policy.in_force_from is not None or since < now:
            raise InForceAlreadyError
        _start(policy, since, by, now)
    return policy


def roll_back_policy(*, policy_id: int, by: accounts.Actor, now: datetime) -> Policy:
    """Let an older version hold again from now on, as a new version with the same content."""
    trust.require(by, RULES)
    with transaction.atomic():
        old = Policy.objects.get(pk=policy_id)
        policy = _add(old.kind, old.content, by, now, words=f"= {old.number}")
        _start(policy, now, by, now)
    return policy


def plant_sample_policies(*, now: datetime) -> None:
    """Put the sample policies in force where there are none of their kind yet."""
    for kind, content in sample_policies().items():
        if kind in Policy.Kind.values and not Policy.objects.filter(kind=kind).exists():
            with transaction.atomic():
                policy = _add(kind, content, accounts.SYSTEM, now, is_sample=True)
                _start(policy, now, accounts.SYSTEM, now)


def _add(
    kind: str,
    content: Mapping[str, Any],
    by: accounts.Actor,
    now: datetime,
    *,
    words: str = "",
    is_sample: bool = False,
) -> Policy:
    if problems := problems_of(kind, content):
        raise PolicyRefusedError(problems)
    newest = Policy.objects.filter(kind=kind).aggregate(newest=Max("number"))["newest"] or 0
    return Policy.objects.create(
        kind=kind, number=newest + 1, content=dict(content), words=words[:300], is_sample=is_sample, made_at=now,
        made_by_id=by.person_id,
    )  # fmt: skip


def _start(policy: Policy, since: datetime, by: accounts.Actor, now: datetime) -> None:
    policy.in_force_from = since
    policy.save(update_fields=["in_force_from"])
    kernel.bump(REVISION)
    trust.record(
        by=by, action="change", purpose=RULES, subjects=[], object_kind="policy", object_id=str(policy), now=now,
        elements=["policy"],
    )  # fmt: skip
