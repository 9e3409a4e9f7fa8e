"""Which tags entities bear after their records spoke: rules give and take, what people gave stays."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from linli.registry.models import TagMark
from linli.registry.queries.tags import TagInfo, exempt_marks, marked_by, tags_in_force
from linli.registry.rules.tagging import holds, tag_term

RULE = "rule"
Facts = Mapping[UUID, tuple[Mapping[str, Any], Mapping[str, int | None]]]


def mark_by_rules(kind: str, known: Facts, *, today: date, now: datetime) -> dict[UUID, set[int]]:
    """Let the rules speak about entities with their (values, area); return the search terms of the tags each bears.

    Nothing is asked where no tag is in force; else one query and, where something changed, three more.
    """
    tags = [tag for tag in tags_in_force(kind) if tag.expires_on is None or tag.expires_on >= today]
    if not tags:
        return {}
    marked = marked_by(kind, known, today)
    wanted = {key: _ruled(tags, values, area, today) for key, (values, area) in known.items()}
    _leave_exempt(wanted, marked)
    _give(wanted, marked, tags, now)
    _take(wanted, marked, now)
    alive = {tag.id for tag in tags}
    return {
        key: {tag_term(tag) for tag in ruled | {one for one, by_rule in marked.get(key, {}).items() if not by_rule}
              if tag in alive}
        for key, ruled in wanted.items()
    }  # fmt: skip


def _ruled(
    tags: Collection[TagInfo], values: Mapping[str, Any], area: Mapping[str, int | None], today: date
) -> set[UUID]:
    return {
        tag.id for tag in tags if tag.rule and tag.reaches(area) and holds(tag.rule, values, today)
    }  # fmt: skip


def _leave_exempt(wanted: dict[UUID, set[UUID]], marked: Mapping[UUID, Mapping[UUID, bool]]) -> None:
    """Take out what a person decided anew: the rule gives it no more. One query where something would be given."""
    new = {key: ruled - marked.get(key, {}).keys() for key, ruled in wanted.items()}
    tags = set().union(*new.values())
    if tags:
        for key, tag in exempt_marks([key for key, some in new.items() if some], tags):
            wanted[key].discard(tag)


def _give(
    wanted: Mapping[UUID, set[UUID]], marked: Mapping[UUID, Mapping[UUID, bool]], tags: list[TagInfo], now: datetime
) -> None:
    until = {tag.id: tag.expires_on for tag in tags}
    new = [
        TagMark(tag_id=tag, entity_id=key, is_ruled=True, until=until[tag], given_at=now, given_by=RULE)
        for key, ruled in wanted.items() for tag in sorted(ruled - marked.get(key, {}).keys())
    ]  # fmt: skip
    if new:
        TagMark.objects.bulk_create(new, ignore_conflicts=True)


def _take(wanted: Mapping[UUID, set[UUID]], marked: Mapping[UUID, Mapping[UUID, bool]], now: datetime) -> None:
    for key, tags in marked.items():
        gone = [tag for tag, by_rule in tags.items() if by_rule and tag not in wanted[key]]
        if gone:
            TagMark.objects.filter(entity_id=key, tag_id__in=gone, ended_at=None).update(ended_at=now, ended_by=RULE)
