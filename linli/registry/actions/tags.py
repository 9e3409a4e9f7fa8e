"""Tags 标签: define and retire them, give and take them by hand, let those fall off whose time is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.registry import facts, slots
from linli.registry.actions.occasions import retire_ended
from linli.registry.actions.project import project_due, project_entities
from linli.registry.models import Entity, SavedList, Tag, TagMark
from linli.registry.models.tag import KEEP_DAYS, SENSITIVE
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.identities import survivor_of
from linli.registry.queries.sight import SENSITIVE_TAGS, TAGS
from linli.registry.queries.tags import REVISION, TagInfo, tags_seen_by
from linli.registry.rules.refusals import TagRefusedError
from linli.registry.rules.tagging import TagRuleError, read_rule
from linli.trust import api as trust

PURPOSE, SWEEP = "registry.tags", "sweep"
LEVEL_OF = {2: "city", 3: "county", 4: "street", 5: "community"}
AGAIN = timedelta(days=7)  # how often rules that speak of age are asked again for everybody
BATCH = 500
MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class TagDraft:
    """A tag to be defined. `rule` as `TagRule.as_json`, None for one that people give.

    Of a task: `begins_on`, `expires_on`, the `areas` of the division in which it holds (none: all of it), and the unit
    in the lead, `owner_id` (none: that of who defines it). Of an occasion: its code, its key, and how many days the tag
    stays when that has ended.
    """

    kind: str
    name: str
    purpose: str
    division_id: int
    about: str = "standing"
    grade: int = 2
    rule: Mapping[str, Any] | None = None
    expires_on: date | None = None
    begins_on: date | None = None
    areas: tuple[int, ...] = ()
    owner_id: int | None = None
    occasion: str = ""
    occasion_key: str = ""
    keep_days: int = KEEP_DAYS


@transaction.atomic
def define_tag(*, draft: TagDraft, by: accounts.Actor, now: datetime) -> Tag:
    """Define a tag for an area of one's own; a rule is asked with the next sweep. Raises NotAllowed, TagRefusedError.

    A rule over a sensitive element makes the tag sensitive: else the tag would tell what the card keeps back.
    """
    trust.require(by, TAGS)
    holding = next((one for one in by.holdings_with(TAGS)
                    if draft.division_id in regions.descendants(one.division_id)), None)  # fmt: skip
    if holding is None or not draft.name.strip() or not draft.purpose.strip() or not _hangs_together(draft, by):
        raise TagRefusedError
    grade = max(draft.grade, _grade_of(draft))
    if grade == SENSITIVE and not by.can(SENSITIVE_TAGS):
        raise TagRefusedError
    row = Tag(
        kind=draft.kind, name=draft.name.strip()[:40], level=LEVEL_OF[regions.division(draft.division_id).level],
        about=draft.about, division_id=draft.division_id, owner_id=draft.owner_id or holding.unit_id,
        purpose=draft.purpose[:200], grade=grade, rule=draft.rule, expires_on=draft.expires_on, made_by=by.name,
        made_at=now, begins_on=draft.begins_on, areas=sorted(draft.areas), occasion=draft.occasion,
        occasion_key=draft.occasion_key, keep_days=draft.keep_days,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as known:
        raise TagRefusedError from known
    kernel.bump(REVISION)
    _note(by, "tag_define", row, [], now)
    journal.publish(facts.TagDefined(row.id, row.rule is not None, by.name), now=now)
    return row


@transaction.atomic
def retire_tag(*, tag_id: UUID, by: accounts.Actor, now: datetime) -> None:
    """Take a tag out of use; its marks end with the next sweep and are seen no more at once."""
    tag = _own(tag_id, by)
    tag.retired_at = now
    tag.save(update_fields=["retired_at"])
    kernel.bump(REVISION)
    _note(by, "tag_retire", tag, [], now)


@transaction.atomic
def give_tag(*, tag_id: UUID, entity_id: UUID, by: accounts.Actor, now: datetime, until: date | None = None) -> TagMark:
    """Give an entity a tag by hand, until a day at most the tag's own. Raises NotAllowed, Hidden, TagRefusedError."""
    tag, entity = _tag_and_entity(tag_id, entity_id, by)
    if not may_be_given(tag, entity):
        raise TagRefusedError
    days = [day for day in (until, tag.expires_on) if day]
    mark, _made = TagMark.objects.get_or_create(
        tag=tag, entity=entity, ended_at=None,
        defaults={"is_ruled": False, "until": min(days, default=None), "given_at": now, "given_by": by.name},
    )  # fmt: skip
    _written(tag, entity, "tag_give", by, now)
    return mark


@transaction.atomic
def take_tag(*, tag_id: UUID, entity_id: UUID, by: accounts.Actor, now: datetime) -> None:
    """Take a tag away that a person gave. Raises NotAllowed, Hidden and TagRefusedError."""
    tag, entity = _tag_and_entity(tag_id, entity_id, by)
    rows = TagMark.objects.filter(tag=tag, entity=entity, ended_at=None, is_ruled=False)
    if not rows.update(ended_at=now, ended_by=by.name):
        raise TagRefusedError
    _written(tag, entity, "tag_take", by, now)


@transaction.atomic
def exempt_from_tag(*, mark_id: int, by: accounts.Actor, now: datetime) -> None:
    """Take away for good a tag that a rule gave: a person decided anew 人工复核 that the rule does not fit here.

    Raises NotAllowed, Hidden, TagRefusedError where it was taken away already or no rule had given it.
    """
    known = TagMark.objects.filter(pk=mark_id).values_list("tag_id", "entity_id").first()
    if known is None:
        raise trust.Hidden(TAGS)
    tag, entity = _tag_and_entity(known[0], survivor_of(known[1]), by)
    rows = TagMark.objects.filter(pk=mark_id, is_ruled=True, ended_at=None)
    if not rows.update(ended_at=now, ended_by=by.name, is_exempt=True):
        raise TagRefusedError
    _written(tag, entity, "tag_exempt", by, now)


def sweep(*, now: datetime) -> int:
    """End the marks whose time is over, and ask rules that are new or speak of age; return how many entities changed.

    500 entities are one transaction; what was interrupted goes on with the next sweep.
    """
    today = timezone.localdate(now)
    over = Q(until__lt=today) | ~Q(tag__retired_at=None) | Q(tag__expires_on__lt=today)
    rows = TagMark.objects.filter(over, ended_at=None).order_by("id").values_list("id", "entity_id", "entity__kind")
    changed = 0
    while batch := list(rows[:BATCH]):
        with transaction.atomic():
            TagMark.objects.filter(pk__in=[one[0] for one in batch]).update(ended_at=now, ended_by=SWEEP)
            for kind in sorted({one[2] for one in batch}):
                project_entities(kind=kind, ids={one[1] for one in batch if one[2] == kind}, now=now)
        changed += len(batch)
    retire_ended(today=today, now=now)
    return changed + _ask_rules(today, now)


def save_list(*, name: str, wanted: Mapping[str, str], by: accounts.Actor, now: datetime) -> SavedList:
    """Keep how a list is narrowed under a name; the same name again replaces it."""
    if by.person_id is None:
        raise trust.NotAllowed(PURPOSE)
    row, _made = SavedList.objects.update_or_create(
        person_id=by.person_id, name=name.strip()[:60], defaults={"wanted": dict(wanted), "saved_at": now}
    )
    return row


def forget_list(*, list_id: UUID, by: accounts.Actor) -> None:
    """Remove a list that the person saved."""
    SavedList.objects.filter(pk=list_id, person_id__in=[by.person_id] if by.person_id else []).delete()


def may_be_given(tag: Tag, entity: Entity) -> bool:
    """Tell whether people give this tag to this entity: the right kind, in one of its areas, not ended."""
    info = TagInfo(tag.id, tag.division_id, None, None, tuple(tag.areas))
    area = {name: getattr(entity, name) for name in ("community_id", "street_id", "county_id")}
    is_inside = not tag.areas or info.reaches(area)
    return tag.rule is None and tag.ended_at is None and tag.kind == entity.kind and is_inside


def _hangs_together(draft: TagDraft, by: accounts.Actor) -> bool:
    """Tell whether period, areas and occasion of a draft fit; the occasion must be in sight of who defines it."""
    if draft.begins_on and draft.expires_on and draft.begins_on > draft.expires_on:
        return False
    if not set(draft.areas) <= set(regions.descendants(draft.division_id)):
        return False
    if not draft.occasion:
        return True
    known = slots.occasions.get(draft.occasion).known([draft.occasion_key], viewer=by).get(draft.occasion_key)
    fits = draft.expires_on is None and draft.rule is None and 0 <= draft.keep_days <= MOST_DAYS
    return known is not None and known.is_open and fits


def _ask_rules(today: date, now: datetime) -> int:
    asked = 0
    for tag in Tag.objects.filter(retired_at=None).exclude(rule=None).order_by("id"):
        ages = read_rule(tag.rule or {}, elements_of(tag.kind)).ages if _is_readable(tag) else False
        if tag.swept_on and not (ages and today - tag.swept_on >= AGAIN):
            continue
        asked += Entity.objects.filter(_inside(tag.division_id), kind=tag.kind).update(is_due=True)
        Tag.objects.filter(pk=tag.pk).update(swept_on=today)
    if asked:
        project_due(now=now)
    return asked


def _inside(division_id: int) -> Q:
    level = regions.division(division_id).level
    fields = {3: "county_id", 4: "street_id", 5: "community_id"}
    return Q(**{fields[level]: division_id}) if level in fields else Q(county_id__in=regions.descendants(division_id))


def _is_readable(tag: Tag) -> bool:
    try:
        read_rule(tag.rule or {}, elements_of(tag.kind))
    except TagRuleError:
        return False
    return True


def _grade_of(draft: TagDraft) -> int:
    if draft.rule is None:
        return 1
    elements = elements_of(draft.kind)
    try:
        rule = read_rule(draft.rule, elements)
    except TagRuleError as bad:
        raise TagRefusedError from bad
    return min(SENSITIVE, trust.highest_grade(elements[one.element].grade for one in rule.parts))


def _own(tag_id: UUID, by: accounts.Actor) -> Tag:
    """Return a tag that somebody may know of and whose area is the own. Raises NotAllowed and Hidden."""
    trust.require(by, TAGS)
    tag = tags_seen_by(by).filter(pk=tag_id).first()
    if tag is None:
        raise trust.Hidden(TAGS)
    reach = (regions.descendants(one.division_id) for one in by.holdings_with(TAGS))
    if by.kind != "system" and not any(tag.division_id in one for one in reach):
        raise trust.NotAllowed(TAGS)
    return tag


def _tag_and_entity(tag_id: UUID, entity_id: UUID, by: accounts.Actor) -> tuple[Tag, Entity]:
    trust.require(by, TAGS)
    tag = tags_seen_by(by).filter(pk=tag_id).first()
    entity = trust.visible(by, TAGS, Entity.objects.filter(pk=entity_id)).first()
    if tag is None or entity is None:
        raise trust.Hidden(TAGS)
    return tag, entity


def _written(tag: Tag, entity: Entity, action: str, by: accounts.Actor, now: datetime) -> None:
    project_entities(kind=entity.kind, ids=[entity.id], now=now)
    _note(by, action, tag, entity.subjects, now)


def _note(by: accounts.Actor, action: str, tag: Tag, subjects: list[str], now: datetime) -> None:
    trust.record(
        by=by, action=action, purpose=PURPOSE, subjects=subjects, object_kind="tag", object_id=tag.id,
        elements=["tag"], now=now,
    )  # fmt: skip
