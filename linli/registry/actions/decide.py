"""What people decided about who is who 人工判定: these keys are one 锁定, these never 禁止; imports keep to it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.registry.actions.merge import LINK, PURPOSE, merge_entities
from linli.registry.actions.project import one_at_a_time
from linli.registry.models import Identity, IdentityDeed, IdentityRule
from linli.registry.models.deed import FORBID, PIN
from linli.registry.queries.identities import IdentityOf, rules_of
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.refusals import MergeRefusedError
from linli.trust import api as trust


@transaction.atomic
def pin(
    *, one: IdentityOf, other: IdentityOf, by: accounts.Actor, now: datetime, reason: str = ""
) -> tuple[IdentityRule, IdentityDeed | None]:
    """Say that two keys mean one, whatever comes: their entities are merged where they are two.

    The entity that is known longer survives. Raises NotAllowed, MergeRefusedError.
    """
    rule = _decide(PIN, one, other, by=by, now=now, reason=reason)
    entities = _entities(one, other)
    deed = None
    if len(set(entities)) > 1:
        survivor, absorbed = sorted(entities)
        deed = merge_entities(survivor=survivor, absorbed=absorbed, by=by, now=now, reason=reason)
    return rule, deed


@transaction.atomic
def forbid(*, one: IdentityOf, other: IdentityOf, by: accounts.Actor, now: datetime, reason: str = "") -> IdentityRule:
    """Say that two keys never mean one. Raises NotAllowed, and MergeRefusedError where they are one entity now."""
    if len(set(_entities(one, other))) == 1:
        raise MergeRefusedError(_("These are one record now; take it apart first."))
    return _decide(FORBID, one, other, by=by, now=now, reason=reason)


@transaction.atomic
def end_rule(*, rule_id: UUID, by: accounts.Actor, now: datetime) -> None:
    """Take a pin or a ban back; what was merged by it is undone by `undo_merge`. Raises NotAllowed."""
    trust.require(by, LINK)
    rule = IdentityRule.objects.select_for_update().get(pk=rule_id)
    if rule.ended_at is None:
        rule.ended_at, rule.ended_by = now, by.name
        rule.save(update_fields=["ended_at", "ended_by"])
        _note(rule.kind, [], "undecide_records", rule, by=by, now=now)


def _decide(
    verdict: str, one: IdentityOf, other: IdentityOf, *, by: accounts.Actor, now: datetime, reason: str
) -> IdentityRule:
    trust.require(by, LINK)
    if one.kind != other.kind or one.id == other.id:
        raise MergeRefusedError(_("Only two different records of one kind can be merged."))
    one_at_a_time(one.kind)
    pair = {(one.source, one.key), (other.source, other.key)}
    for rule in rules_of(one.kind, list(pair)):
        if {(rule.source, rule.key), (rule.other_source, rule.other_key)} != pair:
            continue
        if rule.verdict == verdict:
            return rule
        rule.ended_at, rule.ended_by = now, by.name
        rule.save(update_fields=["ended_at", "ended_by"])
    (source, key), (other_source, other_key) = sorted(pair)
    rule = IdentityRule.objects.create(
        verdict=verdict, kind=one.kind, source=source, key=key, other_source=other_source, other_key=other_key,
        reason=reason, by=by.name, at=now,
    )  # fmt: skip
    _note(one.kind, _entities(one, other), f"{verdict}_records", rule, by=by, now=now)
    return rule


def _entities(one: IdentityOf, other: IdentityOf) -> list[UUID]:
    """Return what the keys mean at this moment."""
    return list(Identity.objects.filter(pk__in=[one.id, other.id]).values_list("entity_id", flat=True))


def _note(
    kind: str, entities: list[UUID], action: str, rule: IdentityRule, *, by: accounts.Actor, now: datetime
) -> None:
    subjects = [subject_of(entity) for entity in entities] if kind == PERSON else []
    trust.record(
        by=by, action=action, purpose=PURPOSE, subjects=subjects, object_kind=kind, object_id=rule.id,
        elements=["identity"], now=now,
    )  # fmt: skip
