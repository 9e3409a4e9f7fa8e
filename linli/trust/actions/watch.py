"""Watches looks: reads what was sealed since the last time, judges the days it belongs to, raises reviews."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction

from linli.regions import api as regions
from linli.trust.models import Finding, LookCursor, LookReview, ReviewStep
from linli.trust.queries.look_memory import (
    NodeMemory,
    baseline_in_force,
    curious,
    days_touching,
    keep_days,
    settings_in_force,
)  # fmt: skip
from linli.trust.queries.look_world import NodeWorld
from linli.trust.queries.sealed import entries_of, touched_after
from linli.trust.rules.look_docket import fate_of, still_counting
from linli.trust.rules.look_model import Moved
from linli.trust.rules.look_reading import ZONE, days_of
from linli.trust.rules.look_rules import WINDOW, LookFinding, judge, weight_of
from linli.trust.rules.look_settings import Settings
from linli.trust.rules.looks import LookDay
from linli.trust.rules.tree import Place
from linli.trust.states import looks as states

PORTION = 5000
_LOCK = 0x6C6F_6F6B_7300  # "looks"


def watch_looks(*, now: datetime, portions: int = 20) -> int:
    """Watch at most so many portions of 5000 entries; return how many portions there were. One process at a time.

    Each portion is one transaction: interrupted, it begins again where the last one ended.
    """
    done = 0
    while done < portions and _watch_portion(now=now):
        done += 1
    return done


@transaction.atomic
def _watch_portion(*, now: datetime) -> bool:
    if not _alone():
        return False
    cursor = LookCursor.objects.first()
    place = Place(cursor.era, cursor.transaction, cursor.entry) if cursor else None
    touched = touched_after(place, at_most=PORTION)
    if touched is None:
        return False
    if touched.days:
        _judge_days(_days_anew(touched.days, touched.first_id), now=now)
    row = cursor or LookCursor()
    last = touched.last
    row.era, row.transaction, row.entry = last.era, last.transaction, last.entry
    row.save()
    return True


def _days_anew(touched: Collection[tuple[UUID, date]], first_id: UUID) -> list[LookDay]:
    people, days = {who for who, _day in touched}, [day for _who, day in touched]
    begin = datetime.combine(min(days), time(), ZONE)
    end = datetime.combine(max(days), time(), ZONE) + timedelta(days=1)
    found = days_of(entries_of(touched, first_id), NodeWorld(people, begin, end))
    keep_days(found)
    return found


def _judge_days(days: Sequence[LookDay], *, now: datetime) -> None:
    settings = settings_in_force()
    days = _with_crowds(days, settings.rules["renown"].limit)
    people = {one.whose.person_id for one in days}
    memory = NodeMemory(people, min(one.whose.day for one in days), max(one.whose.day for one in days))
    baseline = baseline_in_force()
    for today in sorted(days, key=lambda one: (one.whose.day, str(one.whose.person_id))):
        found = judge(today, memory, settings.rules, baseline)
        if found:
            _place(found, settings, now)


def _with_crowds(days: Sequence[LookDay], limit: float) -> list[LookDay]:
    """Add the days of others who opened somebody that turned out to be much looked at."""
    found = {(one.whose.person_id, one.whose.day): one for one in days}
    for day in sorted({one.whose.day for one in days}):
        today = (one for one in days if one.whose.day == day)
        wanted = frozenset(one.subjects[look] for one in today for look in one.marks.get("uncovered", ()))
        if stars := [who for who, count in curious(wanted, day).items() if count >= limit]:
            for one in days_touching(stars, day):
                found.setdefault((one.whose.person_id, one.whose.day), one)
    return list(found.values())


def _place(found: Sequence[LookFinding], settings: Settings, now: datetime) -> None:
    """Write findings about one account down, and let them join its review, raise one, or wait for more."""
    who, day = found[0].person_id, found[0].day
    Finding.objects.bulk_create(
        [_as_row(one) for one in found], update_conflicts=True, unique_fields=["person_id", "day", "rule"],
        update_fields=["value", "limit", "points", "behind", "facts", "moved", "unit_id", "post_code"],
    )  # fmt: skip
    rows = Finding.objects.filter(person_id=who, review=None, day__gte=day - timedelta(days=WINDOW), day__lte=day)
    waiting = [as_finding(row) for row in rows]
    review = _open_review(who)
    fate = fate_of(waiting, day=day, open_since=review.first_day if review else None)
    if fate == "raise" and waiting:
        review = _raise(found[0], still_counting(waiting, day), settings, now)
    if fate != "wait" and review is not None:
        rows.update(review=review)
        _weigh(review)


def _open_review(who: UUID) -> LookReview | None:
    rows = LookReview.objects.select_for_update().filter(person_id=who, decided_at=None)
    return rows.order_by("-first_day").first()


def _raise(one: LookFinding, counting: Iterable[LookFinding], settings: Settings, now: datetime) -> LookReview:
    review = LookReview.objects.create(
        person_id=one.person_id, unit_id=one.unit_id, post_code=one.post, first_day=min(each.day for each in counting),
        last_day=one.day, weight=0, state=states.FOUND, found_at=now,
        due_at=regions.add_working(now, days=settings.terms.due_days),
    )  # fmt: skip
    ReviewStep.objects.create(review=review, step="found", at=now)
    return review


def _weigh(review: LookReview) -> None:
    findings = [as_finding(row) for row in review.findings.all()]
    review.weight = weight_of(findings)
    review.first_day = min(one.day for one in findings)
    review.last_day = max(one.day for one in findings)
    review.save()


def as_finding(row: Finding) -> LookFinding:
    """Return a row as the rules know it."""
    return LookFinding(
        row.person_id, row.unit_id, row.post_code, row.day, row.rule, row.value, row.limit, row.points,
        tuple(row.behind), row.facts, tuple(Moved(*one) for one in row.moved),
    )  # fmt: skip


def _as_row(one: LookFinding) -> Finding:
    return Finding(
        person_id=one.person_id, unit_id=one.unit_id, post_code=one.post, day=one.day, rule=one.rule, value=one.value,
        limit=one.limit, points=one.points, behind=list(one.behind), facts=dict(one.facts),
        moved=[list(moved) for moved in one.moved],
    )  # fmt: skip


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
