"""Deletion by two 删除审批: one proposes, another decides; what is past its time is proposed by itself."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.registry.actions.erase import erase_element, erase_entities
from linli.registry.models import Deletion, Entity, RetentionRule
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.lifecycle import DELETE, marks_of, past_their_time
from linli.registry.queries.sight import entities_seen_by
from linli.registry.rules.heads import subject_of
from linli.registry.rules.refusals import DeletionRefusedError
from linli.registry.rules.retention import REASONS, RETENTION, shipped_rules
from linli.trust import api as trust

DONE, PROPOSED, REFUSED = Deletion.State.DONE, Deletion.State.PROPOSED, Deletion.State.REFUSED
LONGEST, UNSAID = 300, "…"


def load_retention_rules(*, now: datetime) -> int:
    """Add the rules that ship, where a county has none for the same; return how many."""
    rows = [RetentionRule(**asdict(one), added_at=now) for one in shipped_rules()]
    before = RetentionRule.objects.count()
    RetentionRule.objects.bulk_create(rows, ignore_conflicts=True)
    return RetentionRule.objects.count() - before


@transaction.atomic
def change_retention(*, rule_id: int, months: int, basis: str, by: accounts.Actor, now: datetime) -> None:
    """Keep something longer or shorter, on a basis in words. Raises NotAllowed, DeletionRefusedError."""
    trust.require(by, DELETE)
    if months < 1 or not basis.strip():
        raise DeletionRefusedError(_("Say for how many months, and on what basis."))
    said = {"months": months, "basis": basis.strip(), "added_by": by.name, "added_at": now, "is_sample": False}
    RetentionRule.objects.filter(pk=rule_id).update(**said)
    trust.record(
        by=by, action="change", purpose="registry.lifecycle", subjects=[], object_kind="retention_rule",
        object_id=rule_id, elements=[], now=now,
    )  # fmt: skip


@transaction.atomic
def propose_deletion(
    *, entity_id: UUID, reason: str, words: str, by: accounts.Actor, now: datetime, element: str = ""
) -> Deletion:
    """Propose that a record, or one element of it, is deleted. Raises NotAllowed, Hidden, DeletionRefusedError."""
    trust.require(by, DELETE)
    entity = entities_seen_by(by).filter(pk=entity_id).first()
    if entity is None:
        raise trust.Hidden(DELETE)
    if reason not in REASONS or reason == RETENTION or not words.strip():
        raise DeletionRefusedError(_("Choose a reason, and say in a sentence why."))
    if element and element not in elements_of(entity.kind):
        raise DeletionRefusedError(_("There is no such element in use."))
    row = _proposal(entity, element=element, reason=reason, words=trust.redact(words.strip()), by=by, now=now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise DeletionRefusedError(_("This is proposed already and waits for its decision.")) from error
    _note(row, by, "propose", now)
    return row


@transaction.atomic
def decide_deletion(*, deletion_id: UUID, approved: bool, words: str, by: accounts.Actor, now: datetime) -> Deletion:
    """Decide a proposal of somebody else; when it is approved all that the base holds is gone with this transaction.

    Copies that other domains hold (`slots.Copies`) go when they hear of it.

    Raises NotAllowed, Hidden, DeletionRefusedError.
    """
    row = Deletion.objects.select_for_update().filter(pk=deletion_id).first()
    if row is None:
        raise trust.Hidden(DELETE)
    trust.require(by, DELETE, row)
    if row.state != PROPOSED:
        raise DeletionRefusedError(_("Somebody has decided this already."))
    if row.proposed_by_id in by.persons:
        raise DeletionRefusedError(_("You proposed this yourself, so somebody else must decide."))
    if not approved and not words.strip():
        raise DeletionRefusedError(_("Say in a sentence why it is kept."))
    row.decided_by_id, row.decided_name, row.decided_at = by.person_id, by.name, now
    row.decision = trust.redact(words.strip())[:LONGEST]
    row.state = DONE if approved else REFUSED
    if approved:
        row.removed = _erase(row, now)
    row.save()
    _note(row, by, "delete" if approved else "keep", now)
    return row


def sweep_retention(*, now: datetime) -> int:
    """Propose what is past its time, at most 500 for each rule and night; return how many."""
    made = 0
    for rule in RetentionRule.objects.order_by("id"):
        ids = past_their_time(rule, now)
        said: dict[str, Any] = {"element": rule.element, "reason": RETENTION, "words": rule.basis, "rule": rule}
        rows = [_proposal(one, **said, by=accounts.SYSTEM, now=now) for one in Entity.objects.filter(pk__in=ids)]
        made += len(Deletion.objects.bulk_create(rows, ignore_conflicts=True))
    return made


def _proposal(
    entity: Entity, *, element: str, reason: str, words: str, by: accounts.Actor, now: datetime,
    rule: RetentionRule | None = None,
) -> Deletion:  # fmt: skip
    return Deletion(
        kind=entity.kind, entity_id=entity.id, element=element, subject=subject_of(entity.id),
        marks=[] if element else marks_of(entity), reason=reason, words=words[:LONGEST], rule=rule,
        county_id=entity.county_id, street_id=entity.street_id, community_id=entity.community_id,
        grid_id=entity.grid_id,
        proposed_by_id=by.person_id, proposed_name=by.name, proposed_at=now,
    )  # fmt: skip


def _erase(row: Deletion, now: datetime) -> dict[str, int]:
    """Delete what is meant; a tombstone names nobody, not even in its words."""
    entity_id = row.entity_id
    if entity_id is None:
        return {}
    if row.element:
        return erase_element(kind=row.kind, entity_id=entity_id, code=row.element, now=now)
    name = Entity.objects.filter(pk=entity_id).values_list("label", flat=True).first() or ""
    Deletion.objects.filter(entity_id=entity_id, state=PROPOSED).exclude(pk=row.pk).delete()
    others = list(Deletion.objects.filter(entity_id=entity_id).exclude(pk=row.pk))
    for one in (row, *others):
        one.entity_id = None
        if len(name) > 1:
            one.words, one.decision = one.words.replace(name, UNSAID), one.decision.replace(name, UNSAID)
    Deletion.objects.bulk_update(others, ["entity_id", "words", "decision"])
    return erase_entities(kind=row.kind, ids=[entity_id], now=now)


def _note(row: Deletion, by: accounts.Actor, action: str, now: datetime) -> None:
    what: Iterable[Any] = [f"{row.kind}.{row.element}"] if row.element else []
    trust.record(
        by=by, action=action, purpose="registry.lifecycle", subjects=[row.subject], object_kind="deletion",
        object_id=row.id, elements=list(what), now=now, case=row.reason,
    )  # fmt: skip
