"""Guardians 监护人: confirmed at the counter by who saw the paper, ended there, or by the day a child comes of age."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.registry.models import Entity, Guardianship, GuardianshipEnd, Relation
from linli.registry.queries.bindings import CONFIRM, person_by_number
from linli.registry.queries.guardians import GuardianSheet, guardians_of, needs_guardian, sheet_of
from linli.registry.queries.identities import survivor_of
from linli.registry.queries.sight import entities_seen_by
from linli.registry.rules.guardians import BIRTH_UNKNOWN, OF_AGE, born_on, comes_of_age, is_below
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.refusals import GuardianRefusedError
from linli.trust import api as trust

PURPOSE, MOST_HINTS = "registry.guardians", 5
Paper, Reason = Guardianship.Paper, GuardianshipEnd.Reason


@transaction.atomic
def guardians_sheet(*, entity_id: UUID, by: accounts.Actor, now: datetime) -> GuardianSheet:
    """Return who was ever confirmed as guardian of a person, or they of others; the look stands in the ledger.

    Raises NotAllowed, Hidden.
    """
    trust.require(by, CONFIRM)
    seen = entities_seen_by(by).filter(kind=PERSON)
    entity = seen.filter(pk=entity_id, merged_into=None).first()
    if entity is None:
        raise trust.Hidden(CONFIRM)
    bonds = Relation.objects.filter(end=entity, bond="guards", retracted_at=None, valid_to=None)
    found = sheet_of(entity, seen.filter(pk__in=bonds.values("start_id"))[:MOST_HINTS], now)
    trust.record(
        by=by, action="read", purpose=PURPOSE, subjects=entity.subjects, object_kind="guardianship",
        object_id=entity_id, elements=["guardianship"], now=now,
    )  # fmt: skip
    return found


@transaction.atomic
def start_guardianship(
    *, ward_id: UUID, number: str, paper: str, by: accounts.Actor, now: datetime, last_day: date | None = None
) -> Guardianship:
    """Say that who has this number is the guardian of the ward: `by` saw them, their card and the document `paper`.

    `number` is that of their identity card, or the mobile number of a confirmed account; it is not kept. `last_day` is
    the last one that the document names; a child's ends at the latest when it turns 18. Raises NotAllowed, Hidden,
    GuardianRefusedError.
    """
    trust.require(by, CONFIRM)
    ward = (
        entities_seen_by(by).filter(pk=ward_id, kind=PERSON, merged_into=None).select_for_update(of=("self",)).first()
    )
    if ward is None:
        raise trust.Hidden(CONFIRM)
    guardian = _guardian(number, ward, now)
    until = _until(ward, paper, last_day, now)
    if any(row.guardian_id == guardian.pk for row in guardians_of(ward.pk, now)):
        raise GuardianRefusedError(_("This guardian is confirmed already."))
    row = Guardianship.objects.create(
        guardian=guardian, ward=ward, paper=paper, since=now, until=until, confirmed_by_id=by.person_id
    )
    _note(row, "start_guardianship", by=by, now=now)
    return row


@transaction.atomic
def end_guardianship(*, guardianship_id: UUID, reason: str, by: accounts.Actor, now: datetime) -> GuardianshipEnd:
    """End it at the counter: from now on the guardian sees and does nothing for the ward.

    Raises NotAllowed, Hidden, GuardianRefusedError.
    """
    trust.require(by, CONFIRM)
    row = Guardianship.objects.select_related("ward", "guardian").filter(pk=guardianship_id).first()
    if row is None or not entities_seen_by(by).filter(pk=survivor_of(row.ward_id)).exists():
        raise trust.Hidden(CONFIRM)
    Entity.objects.select_for_update().get(pk=row.ward_id)  # ends of one ward come one after the other
    if reason not in Reason.values or reason == Reason.AGE:
        raise GuardianRefusedError(_("Say why it ends."))
    if GuardianshipEnd.objects.filter(guardianship=row).exists():
        raise GuardianRefusedError(_("It has ended already."))
    return _end(row, reason, by=by, at=now, now=now)


def settle_guardianships(*, now: datetime) -> int:
    """Write down the ends that came by themselves; nobody could act any more since that second. Returns how many."""
    over = Guardianship.objects.filter(end=None, until__lte=now).select_related("ward", "guardian")
    for row in over:
        with transaction.atomic():
            _end(row, Reason.AGE, by=accounts.SYSTEM, at=row.until or now, now=now)
    return len(over)


def _guardian(number: str, ward: Entity, now: datetime) -> Entity:
    found = person_by_number(number, now=now)
    if found is None:
        raise GuardianRefusedError(
            _("Nobody in the base has this number. Have the guardian recorded, then confirm them here.")
        )
    born = born_on(found.whole())
    if found.pk == ward.pk or born is None or is_below(born, OF_AGE, now) or needs_guardian(found.pk, now):
        raise GuardianRefusedError(_("A guardian is somebody else, of age and able to act."))
    return found


def _until(ward: Entity, paper: str, last_day: date | None, now: datetime) -> datetime | None:
    born = born_on(ward.whole())
    if born is None:
        raise GuardianRefusedError(BIRTH_UNKNOWN)
    if paper not in Paper.values:
        raise GuardianRefusedError(_("Say which document you saw."))
    is_child = is_below(born, OF_AGE, now)
    if not is_child and paper != Paper.COURT:
        raise GuardianRefusedError(_("An adult has a guardian only by decision of a court."))
    ends = [comes_of_age(born)] if is_child else []
    if last_day:
        ends.append(timezone.make_aware(datetime.combine(last_day + timedelta(days=1), datetime.min.time())))
    if ends and min(ends) <= now:
        raise GuardianRefusedError(_("The last day has passed."))
    return min(ends, default=None)


def _end(row: Guardianship, reason: str, *, by: accounts.Actor, at: datetime, now: datetime) -> GuardianshipEnd:
    ended = GuardianshipEnd.objects.create(guardianship=row, at=at, by_id=by.person_id, reason=reason)
    _note(row, "end_guardianship", by=by, now=now)
    return ended


def _note(row: Guardianship, action: str, *, by: accounts.Actor, now: datetime) -> None:
    subjects = list(dict.fromkeys([*row.ward.subjects, *row.guardian.subjects]))
    trust.record(
        by=by, action=action, purpose=PURPOSE, subjects=subjects, object_kind="guardianship", object_id=row.id,
        elements=["guardianship_paper"], now=now,
    )  # fmt: skip
