"""The standards as versions: a list is taken in, put in force on a day, taken back or gone back to. Nothing is lost."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.models import DutyList, Enforcement, MatterItem
from linli.events.queries.rule_problems import version_problems
from linli.events.rules.refusals import RefusedError
from linli.events.rules.standards import Problem
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust import api as trust

CAPABILITY, PURPOSE = "events.standards", "events.standards"
LIMIT_FIELDS = ("accept_hours", "contact_hours", "check_hours", "handle_limit", "handle_unit")
ITEM_FIELDS = (
    "code", "name", "class_path", "description", "nature", "keywords", "grade", "lead", "co_units", "fallback",
    "leads", "legal_basis", "duty_kind", "stages", "opening_words", "closing_words", "closing_conditions", "evidence",
    "volunteers_may_check",
    "templates", "note", "more", "place", *LIMIT_FIELDS,
)  # fmt: skip


class StandardsRefusedError(RefusedError):
    """The version, or a change of it, can't be taken as it is. `problems` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep what is wrong."""
        super().__init__(", ".join(problem.subject for problem in problems))
        self.problems = problems

    def __str__(self) -> str:
        """Return the first sentences."""
        return " ".join(str(problem) for problem in self.problems[:3])


class NotADraftError(RefusedError):
    """What was in force once is never changed."""

    sentence = _("This version was put in force, so it stays as it is; make a new draft from it and change that.")


class TooLateError(RefusedError):
    """A day in the past, or a version that has begun."""

    sentence = _("That moment has passed; choose one that is still to come.")


def add_duty_list(
    *,
    name: str,
    source: str,
    items: Sequence[Mapping[str, Any]],
    now: datetime,
    is_sample: bool = False,
    by: accounts.Actor = accounts.SYSTEM,
    **more: Any,
) -> DutyList:
    """Add a version of the duty list with its matters; it is a draft. `more` sets other fields of the version."""
    trust.require(by, CAPABILITY)
    with transaction.atomic():
        newest = DutyList.objects.aggregate(newest=Max("number"))["newest"] or 0
        added = DutyList.objects.create(
            number=newest + 1, name=name, source=source, is_sample=is_sample, made_at=now, made_by_id=by.person_id,
            **more,
        )  # fmt: skip
        MatterItem.objects.bulk_create(_item(added, place, item) for place, item in enumerate(items, start=1))
        note_standards(added, by=by, now=now, element="draft")
    return added


def enforce_standards(
    *, duty_list: DutyList, begins_at: datetime, by: accounts.Actor, now: datetime, words: str = ""
) -> Enforcement:
    """Put a version in force at a moment that is not past. Raises StandardsRefusedError with what must be mended."""
    trust.require(by, CAPABILITY)
    if begins_at < now:
        raise TooLateError
    if problems := version_problems(duty_list):
        raise StandardsRefusedError(problems)
    return put_in_force(duty_list=duty_list, now=now, begins_at=begins_at, by=by, words=words)


def put_in_force(
    *,
    duty_list: DutyList,
    now: datetime,
    begins_at: datetime | None = None,
    by: accounts.Actor = accounts.SYSTEM,
    words: str = "",
    is_rollback: bool = False,
) -> Enforcement:
    """Let new reports follow this version from `begins_at` (else from now) on. Running events keep theirs.

    What the version says is not checked here; officers go through `enforce_standards`.
    """
    trust.require(by, CAPABILITY)
    with transaction.atomic():
        begins = begins_at or now
        row = Enforcement.objects.create(
            duty_list=duty_list, begins_at=begins, decided_at=now, by_id=by.person_id, by_name=by.name,
            words=words[:300], is_rollback=is_rollback,
        )  # fmt: skip
        duty_list.in_force_from = begins
        duty_list.save(update_fields=["in_force_from"])
        note_standards(duty_list, by=by, now=now, element="put_in_force")
        told = facts.StandardsDecided(duty_list_id=duty_list.pk, number=duty_list.number, begins_at=begins)
        journal.publish(told, now=now)
        kernel.bump("duty")
    return row


def roll_back_standards(*, duty_list: DutyList, by: accounts.Actor, now: datetime, words: str = "") -> Enforcement:
    """Go back to an earlier version at once, and take back what was still to begin. Raises StandardsRefusedError."""
    trust.require(by, CAPABILITY)
    if not duty_list.enforcements.filter(begins_at__lte=now, cancelled_at=None).exists():
        raise TooLateError
    if problems := version_problems(duty_list):
        raise StandardsRefusedError(problems)
    with transaction.atomic():
        for planned in Enforcement.objects.filter(begins_at__gt=now, cancelled_at=None).select_related("duty_list"):
            _cancel(planned, now)
        return put_in_force(duty_list=duty_list, now=now, by=by, words=words, is_rollback=True)


def cancel_enforcement(*, enforcement_id: int, by: accounts.Actor, now: datetime) -> DutyList:
    """Take back a version that has not begun yet. One that was never in force is a draft again."""
    trust.require(by, CAPABILITY)
    with transaction.atomic():
        row = Enforcement.objects.select_for_update().select_related("duty_list").get(pk=enforcement_id)
        if row.cancelled_at or row.begins_at <= now:
            raise TooLateError
        _cancel(row, now)
        note_standards(row.duty_list, by=by, now=now, element="cancel")
        kernel.bump("duty")
    return row.duty_list


def note_standards(duty_list: DutyList, *, by: accounts.Actor, now: datetime, element: str) -> None:
    """Write a change of the standards into the ledger; nobody's personal data is in it."""
    trust.record(
        by=by, action="change", purpose=PURPOSE, subjects=[], object_kind="duty_list", object_id=str(duty_list.pk),
        elements=[element], now=now,
    )  # fmt: skip


def _cancel(row: Enforcement, now: datetime) -> None:
    row.cancelled_at = now
    row.save(update_fields=["cancelled_at"])
    listed = row.duty_list
    left = listed.enforcements.filter(cancelled_at=None).order_by("-begins_at").first()
    listed.in_force_from = left.begins_at if left else None
    listed.save(update_fields=["in_force_from"])


def _item(duty_list: DutyList, place: int, item: Mapping[str, Any]) -> MatterItem:
    known = {key: item[key] for key in ITEM_FIELDS if key in item}
    return MatterItem(duty_list=duty_list, **{"place": place, **known, "evidence": known.get("evidence") or {}})
