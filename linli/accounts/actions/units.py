"""Units come and go."""

from datetime import datetime

from django.db import transaction

from linli.accounts import facts
from linli.accounts.actions.tell import tell
from linli.accounts.models import Unit
from linli.accounts.queries import authority, units
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.refusals import NameTakenError
from linli.kernel import api as kernel


@transaction.atomic
def create_unit(
    *,
    code: str,
    name: str,
    kind: str,
    division_id: int,
    by: Actor,
    now: datetime,
    parent_id: int | None = None,
    phone: str = "",
) -> Unit:
    """Open a unit. Raises NotAllowedError, NameTakenError."""
    authority.need_manage(by, division_id=division_id)
    if Unit.objects.filter(code=code).exists():
        raise NameTakenError
    unit = Unit.objects.create(
        code=code, name=name, kind=kind, division_id=division_id, parent_id=parent_id, phone=phone
    )
    kernel.bump(units.REVISION)
    tell(facts.UnitCreated(unit_id=unit.pk, name=name, by_person_id=by.person_id), by=by, now=now)
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, by: Actor, now: datetime) -> None:
    """Close a unit: its holdings stop to count at once, what it did stays."""
    authority.need_manage(by, division_id=unit.division_id)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.closed_at is not None:
        return
    unit.closed_at = now
    unit.save(update_fields=["closed_at"])
    kernel.bump(units.REVISION)
    tell(facts.UnitClosed(unit_id=unit.pk, by_person_id=by.person_id), by=by, now=now)
