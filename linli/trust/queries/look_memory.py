"""What the node remembers of looks: watched days, and how they read back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from linli.trust.models import HabitModel, LookSettings, WatchedDay
from linli.trust.rules.look_model import Baseline
from linli.trust.rules.look_settings import Settings, settings_from, shipped_settings
from linli.trust.rules.looks import LookDay, Whose

PAST, WEEK = timedelta(days=30), timedelta(days=7)


class NodeMemory:
    """Answers from the watched days; the past of the accounts that are judged is read once."""

    def __init__(self, person_ids: Collection[UUID], first: date, last: date) -> None:
        """Read the days of these accounts that rules may ask about."""
        rows = WatchedDay.objects.filter(person_id__in=person_ids, day__gt=first - PAST, day__lte=last).order_by("day")
        self._by_person: dict[UUID, list[LookDay]] = {}
        for row in rows:
            self._by_person.setdefault(row.person_id, []).append(as_day(row))

    def past(self, person_id: UUID, day: date) -> Sequence[LookDay]:
        """Return the days of this account before `day`."""
        return [one for one in self._by_person.get(person_id, ()) if day - PAST <= one.whose.day < day]

    def curious(self, subjects: frozenset[str], day: date) -> Mapping[str, int]:
        """Return how many accounts opened each of these without a case within the week that ends on the day."""
        return curious(subjects, day)

    def others_at_night(self, whose_unit: int | None, person_id: UUID, day: date) -> int:
        """Return how many others of the unit opened people outside duty on that day."""
        rows = WatchedDay.objects.filter(day=day, unit_id=whose_unit, marks__has_key="night")
        return rows.exclude(person_id=person_id).count()


def curious(subjects: frozenset[str], day: date) -> dict[str, int]:
    """Return how many accounts opened each of these without a case within the week that ends on the day. One query."""
    if not subjects:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT who, count(*) FROM trust_watchedday, unnest(uncovered) AS who"
            " WHERE day > %s AND day <= %s AND uncovered && %s::varchar[] AND who = ANY(%s) GROUP BY who",
            [day - WEEK, day, list(subjects), list(subjects)],
        )
        return dict(cursor.fetchall())


def days_touching(subjects: Collection[str], day: date) -> list[LookDay]:
    """Return the days of the week that ends on the day on which somebody opened one of these without a case."""
    rows = WatchedDay.objects.filter(day__gt=day - WEEK, day__lte=day, uncovered__overlap=list(subjects))
    return [as_day(row) for row in rows.order_by("day", "person_id")]


def days_to_learn_from(today: date, *, back: timedelta) -> list[LookDay]:
    """Return the watched days before today, so many back."""
    return [as_day(row) for row in WatchedDay.objects.filter(day__lt=today, day__gte=today - back)]


def settings_in_force() -> Settings:
    """Return the newest settings, those that ship where nobody changed them."""
    row = LookSettings.objects.order_by("-number").first()
    return settings_from(row.content) if row else shipped_settings()


def baseline_in_force() -> Baseline:
    """Return the newest model; one that knows nothing where none was learned yet."""
    row = HabitModel.objects.order_by("-trained_at", "-id").first()
    return Baseline.from_json(row.content) if row else Baseline()


def keep_days(days: Iterable[LookDay]) -> None:
    """Write days down, those that are there already anew."""
    WatchedDay.objects.bulk_create(
        [_as_row(one) for one in days],
        update_conflicts=True,
        unique_fields=["person_id", "day"],
        update_fields=["unit_id", "post_code", "people", "marks", "subjects", "worked", "uncovered"],
    )


def as_day(row: WatchedDay) -> LookDay:
    """Return a row as the rules know it."""
    whose = Whose(row.person_id, row.unit_id, row.post_code, row.day)
    marks = {mark: tuple(looks) for mark, looks in row.marks.items()}
    return LookDay(whose, row.people, marks, dict(row.subjects), frozenset(row.worked))


def _as_row(one: LookDay) -> WatchedDay:
    whose = one.whose
    return WatchedDay(
        person_id=whose.person_id, unit_id=whose.unit_id, post_code=whose.post, day=whose.day, people=one.people,
        marks=one.marks, subjects=one.subjects, worked=sorted(one.worked),
        uncovered=sorted({one.subjects[look] for look in one.marks.get("uncovered", ())}),
    )  # fmt: skip
