"""Those who bear a tag, as a list to work through: give it to many, look through them, tick off what is done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.actions.look import look_through
from linli.registry.actions.project import project_entities
from linli.registry.actions.tags import PURPOSE, may_be_given
from linli.registry.models import Entity, Tag, TagMark
from linli.registry.models.tag import SENSITIVE
from linli.registry.queries.listing import Wanted, rows_of
from linli.registry.queries.sight import SEE, TAGS, entities_seen_by
from linli.registry.queries.tags import marks_of, may_see_sensitive, tags_seen_by
from linli.registry.rules.cards import Brief
from linli.registry.rules.refusals import TagRefusedError
from linli.trust import api as trust

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Bearer:
    """One who bears a tag: the masked brief, when and by whom what it was made for was done, if it was."""

    brief: Brief
    done_at: datetime | None
    done_by: str


@transaction.atomic
def give_tag_to(*, tag_id: UUID, entity_ids: Iterable[UUID], by: accounts.Actor, now: datetime) -> int:
    """Give many a tag by hand at once; return how many did not bear it yet. Those not in sight are left out.

    At most 500. Raises NotAllowed, Hidden, and TagRefusedError where it may be given to none of them.
    """
    tag = _tag(tag_id, by, TAGS)
    return _give(tag, trust.visible(by, TAGS, Entity.objects.filter(pk__in=list(entity_ids)[:MOST_AT_ONCE])), by, now)


@transaction.atomic
def give_tag_to_found(*, tag_id: UUID, wanted: Wanted, by: accounts.Actor, now: datetime) -> int:
    """Give a tag to all that a search finds, at most 500; return how many did not bear it yet.

    Raises NotAllowed, Hidden, and TagRefusedError where nothing narrows the search or more are found.
    """
    tag = _tag(tag_id, by, TAGS)
    wanted = replace(wanted, kind=tag.kind)
    if not (wanted.words.strip() or wanted.register or wanted.tag_id or wanted.where[0]):
        raise TagRefusedError
    found = [row.pk for part in rows_of(by, wanted, TAGS) for row in part.only("pk")[: MOST_AT_ONCE + 1]]
    if len(found) > MOST_AT_ONCE:
        raise TagRefusedError
    return _give(tag, Entity.objects.filter(pk__in=found), by, now)


@transaction.atomic
def look_through_tagged(
    *, wanted: Wanted, by: accounts.Actor, now: datetime, cursor: str | None = None
) -> "kernel.Page[Bearer]":
    """Return a page of those who bear the tag of `wanted`, masked; whose they are stands in the ledger.

    Raises NotAllowed, Hidden and CursorError.
    """
    tag = _tag(wanted.tag_id or UUID(int=0), by, SEE)
    page = look_through(wanted=replace(wanted, kind=tag.kind), by=by, now=now, cursor=cursor)
    ids = [one.id for one in page.items]
    done = {row.entity_id: row for row in marks_of(tag.id).filter(entity_id__in=ids)}
    bearers = tuple(
        Bearer(one, done[one.id].done_at, done[one.id].done_by) if one.id in done else Bearer(one, None, "")
        for one in page.items
    )
    return kernel.Page(bearers, page.next_cursor, page.previous_cursor)


@transaction.atomic
def tick(*, tag_id: UUID, entity_id: UUID, done: bool, by: accounts.Actor, now: datetime) -> None:
    """Write down that what a tag was made for is done with one who bears it, or is not. Who sees both may.

    Raises NotAllowed, Hidden, and TagRefusedError for one who does not bear it.
    """
    tag = _tag(tag_id, by, SEE)
    entity = entities_seen_by(by).filter(pk=entity_id, kind=tag.kind).first()
    if entity is None or (tag.grade == SENSITIVE and not may_see_sensitive(by, entity)):
        raise trust.Hidden(SEE)
    at, name = (now, by.name) if done else (None, "")
    if not marks_of(tag.id).filter(entity=entity).update(done_at=at, done_by=name):
        raise TagRefusedError
    _note(by, "tag_done" if done else "tag_undone", tag, entity.subjects, now)


def _give(tag: Tag, rows: "QuerySet[Entity]", by: accounts.Actor, now: datetime) -> int:
    fitting = [row for row in rows.order_by("id") if may_be_given(tag, row)]
    if not fitting:
        raise TagRefusedError
    known = set(marks_of(tag.id).filter(entity__in=fitting).values_list("entity_id", flat=True))
    new = [row for row in fitting if row.id not in known]
    marks = [
        TagMark(tag=tag, entity=row, is_ruled=False, until=tag.expires_on, given_at=now, given_by=by.name)
        for row in new
    ]
    TagMark.objects.bulk_create(marks, ignore_conflicts=True)
    project_entities(kind=tag.kind, ids=[row.id for row in new], now=now)
    _note(by, "tag_give", tag, [token for row in new for token in row.subjects], now)
    return len(new)


def _tag(tag_id: UUID, by: accounts.Actor, capability: str) -> Tag:
    trust.require(by, capability)
    tag = tags_seen_by(by).filter(pk=tag_id).first()
    if tag is None:
        raise trust.Hidden(capability)
    return tag


def _note(by: accounts.Actor, action: str, tag: Tag, subjects: list[str], now: datetime) -> None:
    trust.record(
        by=by, action=action, purpose=PURPOSE, subjects=subjects, object_kind="tag", object_id=tag.id,
        elements=["tag"], now=now,
    )  # fmt: skip
