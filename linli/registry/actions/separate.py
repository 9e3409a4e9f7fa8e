"""Take a merged record apart 拆分: choose which sources leave, see both before deciding, keep them apart, undo it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.registry.actions.decide import end_rule, forbid
from linli.registry.actions.look import open_card
from linli.registry.actions.merge import LINK, merge_entities, split_identity, undo_merge
from linli.registry.models import Entity, Identity, IdentityDeed, IdentityRule
from linli.registry.models.deed import FORBID, MERGE
from linli.registry.queries.identities import identities_of
from linli.registry.queries.separating import Deed, SourceOf, cross_pairs, deeds_of, halves_of, sources_of
from linli.registry.queries.sight import SEE
from linli.registry.rules.cards import Card, Line
from linli.registry.rules.refusals import MergeRefusedError
from linli.trust import api as trust

PURPOSE, MOST_PAIRS = "link", 60


@dataclass(frozen=True, slots=True)
class Made:
    """What a record is made of: its card, its sources, its merges and splits."""

    card: Card
    sources: tuple[SourceOf, ...]
    deeds: list[Deed]


@dataclass(frozen=True, slots=True)
class Halves:
    """The two that would come of a split: what would be known of each."""

    stays: tuple[Line, ...]
    leaves: tuple[Line, ...]


@transaction.atomic
def look_into(*, entity_id: UUID, by: accounts.Actor, now: datetime) -> Made:
    """Return what a record is made of; the look stands in the ledger. Raises NotAllowed, Hidden."""
    trust.require(by, LINK)
    card = open_card(entity_id=entity_id, by=by, purpose=PURPOSE, now=now)
    entity = Entity.objects.get(pk=card.brief.id)
    return Made(card, sources_of(entity, viewer=by, now=now), deeds_of(entity.pk))


@transaction.atomic
def preview_split(*, entity_id: UUID, leaving: Collection[int], by: accounts.Actor, now: datetime) -> Halves:
    """Return the two that would come of it; nothing is written but the look.

    Raises NotAllowed, Hidden, MergeRefusedError.
    """
    entity = _seen(entity_id, by)
    there = set(Identity.objects.filter(entity_id=entity.pk).values_list("id", flat=True))
    if not there & set(leaving) or there <= set(leaving):
        raise MergeRefusedError(_("Choose some of the sources: those that speak of somebody else."))
    open_card(entity_id=entity.pk, by=by, purpose=PURPOSE, now=now)
    return Halves(*halves_of(entity, leaving, viewer=by, now=now))


@transaction.atomic
def separate(
    *, entity_id: UUID, leaving: Sequence[int], by: accounts.Actor, now: datetime, reason: str
) -> IdentityDeed:
    """Let some sources speak of somebody else from now on; no import and no run joins them again.

    Raises NotAllowed, Hidden, MergeRefusedError.
    """
    entity = _seen(entity_id, by)
    if not reason.strip():
        raise MergeRefusedError(_("Say in a few words why these are two."))
    deed = split_identity(entity=entity.pk, identities=leaving, by=by, now=now, reason=reason.strip()[:300])
    stay = list(Identity.objects.filter(entity_id=entity.pk).order_by("id").values_list("id", flat=True))
    whom = identities_of([*stay, *deed.identities])
    for one, other in cross_pairs(stay, deed.identities, most=MOST_PAIRS):
        forbid(one=whom[one], other=whom[other], by=by, now=now, reason=str(deed.id))
    return deed


@transaction.atomic
def take_deed_back(*, deed_id: UUID, by: accounts.Actor, now: datetime, reason: str = "") -> IdentityDeed:
    """Undo a merge or a split that nothing followed. Raises NotAllowed, Hidden, MergeRefusedError."""
    trust.require(by, LINK)
    deed = IdentityDeed.objects.filter(pk=deed_id).first()
    if deed is None:
        raise trust.Hidden(SEE)
    living = deed.target_id if deed.act == MERGE else deed.origin_id
    _seen(living, by)
    known = next((one for one in deeds_of(living) if one.id == deed.id), None)
    if known is None or not known.may_undo:
        raise MergeRefusedError(_("This was undone already, or one of the two was changed since."))
    if deed.act == MERGE:
        return undo_merge(deed_id=deed.id, by=by, now=now, reason=reason)
    for rule_id in IdentityRule.objects.filter(verdict=FORBID, reason=str(deed.id), ended_at=None).values_list("id"):
        end_rule(rule_id=rule_id[0], by=by, now=now)
    again = merge_entities(survivor=deed.origin_id, absorbed=deed.target_id, by=by, now=now, reason=reason)
    IdentityDeed.objects.filter(pk=again.pk).update(undoes=deed)
    return again


def _seen(entity_id: UUID, by: accounts.Actor) -> Entity:
    """Return an entity in sight of who may link. Raises NotAllowed and Hidden."""
    trust.require(by, LINK)
    entity = trust.visible(by, SEE, Entity.objects.filter(pk=entity_id)).first()
    if entity is None:
        raise trust.Hidden(SEE)
    return entity
