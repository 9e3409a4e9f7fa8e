"""Door plates 门牌: issue an opaque code for an address, revoke it, issue another."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.regions.models import Address, DoorPlate

__all__ = ["issue_plates", "reissue_plate", "revoke_plate"]

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look alike on a worn plate
LENGTH = 12  # 59 bits: nobody meets a door by guessing


@transaction.atomic
def issue_plates(*, addresses: Sequence[Address], by: str, now: datetime) -> list[DoorPlate]:
    """Give each address that has none in force a plate; return those that are new."""
    keys = sorted({address.pk for address in addresses})
    list(Address.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    has = set(DoorPlate.objects.filter(address_id__in=keys, revoked_at=None).values_list("address_id", flat=True))
    plates = [DoorPlate(code=_code(), address_id=key, issued_at=now, issued_by=by) for key in keys if key not in has]
    return DoorPlate.objects.bulk_create(plates)


@transaction.atomic
def revoke_plate(*, code: str, by: str, now: datetime) -> bool:
    """Take a plate out of force for good; return whether it was in force."""
    changed = DoorPlate.objects.filter(code=code, revoked_at=None).update(revoked_at=now, revoked_by=by)
    return bool(changed)


@transaction.atomic
def reissue_plate(*, address: Address, by: str, now: datetime) -> DoorPlate:
    """Revoke the plate of an address, if it has one, and issue another."""
    Address.objects.select_for_update().get(pk=address.pk)
    DoorPlate.objects.filter(address=address, revoked_at=None).update(revoked_at=now, revoked_by=by)
    return DoorPlate.objects.create(code=_code(), address=address, issued_at=now, issued_by=by)


def _code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
