"""Door plates 门牌 for the addresses of one's own area: issue, print, replace, take out of force."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry.queries.sight import KEEP
from linli.trust import api as trust

PLATES, ISSUE, REVOKE = "registry.plates", "plate_issue", "plate_replace"
DOORS = ("village", "estate", "number", "building", "unit", "room")  # a floor has no door
MOST = 500


def addresses_kept_by(actor: accounts.Actor) -> "QuerySet[regions.Address]":
    """Return the standard addresses in whose area somebody keeps lists and plates."""
    return trust.visible(actor, KEEP, regions.Address.objects.all())


@transaction.atomic
def plate_sheet(*, address_id: int, by: accounts.Actor) -> list[tuple[regions.Address, regions.DoorPlate]]:
    """Return the plates in force on an address and below it, in the order of the tree. Raises NotAllowed, Hidden."""
    return regions.plates_below(_kept(address_id, by))


@transaction.atomic
def issue_plates(*, address_id: int, by: accounts.Actor, now: datetime) -> int:
    """Give an address and what hangs below it plates, at most 500 at once; return how many are new.

    Raises NotAllowed and Hidden.
    """
    top = _kept(address_id, by)
    doors = [one for one in regions.addresses_below(top, limit=MOST) if one.kind in DOORS]
    made = regions.issue_plates(addresses=doors, by=by.name, now=now)
    _note(by, ISSUE, top, now)
    return len(made)


@transaction.atomic
def replace_plate(*, address_id: int, by: accounts.Actor, now: datetime) -> regions.DoorPlate:
    """Take the plate of an address out of force and issue another. Raises NotAllowed and Hidden."""
    held = _kept(address_id, by)
    plate = regions.reissue_plate(address=held, by=by.name, now=now)
    _note(by, REVOKE, held, now)
    return plate


def _kept(address_id: int, by: accounts.Actor) -> regions.Address:
    trust.require(by, KEEP)
    held = addresses_kept_by(by).filter(pk=address_id).first()
    if held is None:
        raise trust.Hidden(KEEP)
    return held


def _note(by: accounts.Actor, action: str, address: regions.Address, now: datetime) -> None:
    trust.record(
        by=by, action=action, purpose=PLATES, subjects=[], object_kind="address", object_id=address.code,
        elements=["address"], now=now,
    )  # fmt: skip
