"""The rules for duplicates and recurring events 重复与高发判定规则 as versions: drafted, in force, rolled back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from linli.accounts import api as accounts
from linli.events.actions.playbook import add_playbook, put_playbook_in_force, restore_playbook
from linli.events.models import GroupPolicy, Playbook
from linli.events.rules.near import check_rules
from linli.events.sample import playbooks as sample
from linli.kernel import api as kernel
from linli.trust import api as trust

MANAGE = "events.standards"


def add_group_policy(
    *, rules: Mapping[str, Mapping[str, Any]], source: str, now: datetime, is_sample: bool = False
) -> GroupPolicy:
    """Add a version as a draft. Raises GroupRulesRefusedError, naming the rule that can't hold."""
    check_rules(rules)
    with transaction.atomic():
        newest = GroupPolicy.objects.aggregate(newest=Max("number"))["newest"] or 0
        return GroupPolicy.objects.create(
            number=newest + 1, rules=dict(rules), source=source, is_sample=is_sample, made_at=now
        )


def put_group_policy_in_force(*, policy: GroupPolicy, at: datetime) -> None:
    """Let new reports be judged by this version from a moment on, perhaps in the future."""
    with transaction.atomic():
        policy.in_force_from = at
        policy.save(update_fields=["in_force_from"])
        kernel.bump("groups")


def restore_group_policy(*, policy: GroupPolicy, now: datetime) -> GroupPolicy:
    """Roll back: an older version becomes the newest one, and is in force at once."""
    again = add_group_policy(rules=policy.rules, source=policy.source, now=now, is_sample=policy.is_sample)
    put_group_policy_in_force(policy=again, at=now)
    return again


def draft_plan(
    *,
    code: str,
    name: str,
    matter_codes: Sequence[str],
    stages: Sequence[Mapping[str, Any]],
    words: str,
    by: accounts.Actor,
    now: datetime,
) -> Playbook:
    """Keep a draft of a plan, written by an officer; an empty code makes a new plan. `words`: why it is changed.

    Raises PlaybookRefusedError, naming the stage that is wrong.
    """
    trust.require(by, MANAGE)
    with transaction.atomic():
        code = code or f"plan-{Playbook.objects.values('code').distinct().count() + 1}"
        plan = add_playbook(code=code, name=name, matter_codes=matter_codes, stages=stages, source=words, now=now)
        _record(plan, by, now)
    return plan


def draft_group_rules(
    *, rules: Mapping[str, Mapping[str, Any]], words: str, by: accounts.Actor, now: datetime
) -> GroupPolicy:
    """Keep a draft of the rules, written by an officer; `words`: why. Raises GroupRulesRefusedError."""
    trust.require(by, MANAGE)
    with transaction.atomic():
        policy = add_group_policy(rules=rules, source=words, now=now)
        _record(policy, by, now)
    return policy


def decide_version(*, version: Playbook | GroupPolicy, by: accounts.Actor, now: datetime) -> None:
    """Put a draft in force, or bring an older version back, by an officer of the standards; the ledger tells who."""
    trust.require(by, MANAGE)
    with transaction.atomic():
        _decide(version, now)
        _record(version, by, now)


def plant_sample_group_policy(*, now: datetime) -> bool:
    """Put the sample rules in force where there are none yet."""
    if GroupPolicy.objects.exists():
        return False
    shipped = sample.group_rules()
    policy = add_group_policy(rules=shipped["rules"], source=shipped["source"], now=now, is_sample=True)
    put_group_policy_in_force(policy=policy, at=now)
    return True


def _record(version: Playbook | GroupPolicy, by: accounts.Actor, now: datetime) -> None:
    trust.record(
        by=by, action="change", purpose="events.handling", subjects=[], object_kind="standards",
        object_id=f"{type(version).__name__} {version.pk}", elements=["version"], now=now,
    )  # fmt: skip


def _decide(version: Playbook | GroupPolicy, now: datetime) -> None:
    draft = version.in_force_from is None
    if isinstance(version, Playbook):
        put_playbook_in_force(playbook=version, at=now) if draft else restore_playbook(playbook=version, now=now)
    else:
        put_group_policy_in_force(policy=version, at=now) if draft else restore_group_policy(policy=version, now=now)
