"""Standard addresses: which node a step means, by any name it ever bore, and what its door plate shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from linli.regions.models import Address, Division, DoorPlate, PlaceName
from linli.regions.queries import tree as trees
from linli.regions.rules.standard_address import ESTATE, NUMBER, PART, ROAD, Step, without_once

__all__ = [
    "PlateFace",
    "address_by_code",
    "addresses_below",
    "find_step",
    "path_to",
    "plate_face",
    "plates_below",
    "tops_in",
]

_PREFIX = "DZ"
TOGETHER = {(ROAD, NUMBER), (ESTATE, PART)}  # two steps that may be one name of an estate


@dataclass(frozen=True, slots=True)
class PlateFace:
    """What anybody may read behind a door plate: where it hangs. `divisions` are names from the county down."""

    text: str
    divisions: tuple[str, ...]
    division_id: int
    address_code: str


def find_step(left: Sequence[Step], *, division_id: int, parent: Address | None) -> tuple[Address | None, int]:
    """Return the node that the first step means, and how many steps it stands for; one or two queries.

    Names of today go before former ones. Two steps may together be one name
    of an estate: a road and number, or 老纺织厂 and 宿舍.
    """
    step = left[0]
    if parent is None and len(left) > 1 and (step.kind, left[1].kind) in TOGETHER:
        key = f"{step.key}{left[1].key}"
        if named := _by_name(division_id, parent, ESTATE, key):
            return named, 2
    now = Address.objects.filter(division_id=division_id, parent=parent, kind=step.kind, key=step.key).first()
    found = now or _by_name(division_id, parent, step.kind, step.key)
    once = without_once(step.key)
    return found or (_by_name(division_id, parent, step.kind, once) if once else None), 1


def address_by_code(code: str) -> Address | None:
    """Return the node with an address code, or None."""
    number = code.removeprefix(_PREFIX)
    return Address.objects.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None


def path_to(address: Address) -> tuple[Address, ...]:
    """Return the nodes from the top of the tree down to this one; one query for each step."""
    nodes = [address]
    while nodes[0].parent is not None:
        nodes.insert(0, nodes[0].parent)
    return tuple(nodes)


def addresses_below(address: Address, *, limit: int = 2000) -> list[Address]:
    """Return a node and what hangs below it, level by level, at most `limit`; one query for each level."""
    found, level = [address], [address]
    while level and len(found) < limit:
        level = list(Address.objects.filter(parent__in=level).order_by("parent_id", "kind", "id")[: limit - len(found)])
        found += level
    return found


def tops_in(division_ids: Sequence[int] | frozenset[int]) -> "QuerySet[Address]":
    """Return the nodes right below these divisions, by name."""
    return Address.objects.filter(division_id__in=division_ids, parent=None).order_by("text", "id")


def plates_below(address: Address) -> list[tuple[Address, DoorPlate]]:
    """Return the plates in force on a node and below it, in the order of the tree."""
    nodes = {node.pk: node for node in addresses_below(address)}
    plates = {plate.address_id: plate for plate in DoorPlate.objects.filter(address_id__in=nodes, revoked_at=None)}
    return [(node, plates[key]) for key, node in nodes.items() if key in plates]


def plate_face(code: str) -> PlateFace | None:
    """Return what anybody may read behind a code; None for one that is unknown or revoked. One query."""
    plate = DoorPlate.objects.filter(code=code, revoked_at=None).select_related("address").first()
    if plate is None:
        return None
    tree = trees.tree()
    place = tree.division(plate.address.division_id)
    names = tuple(tree.by_id[one].name for one in place.path if tree.by_id[one].level >= Division.Level.COUNTY)
    return PlateFace(plate.address.text, names, place.id, plate.address.code)


def _by_name(division_id: int, parent: Address | None, kind: str, key: str) -> Address | None:
    names = PlaceName.objects.filter(
        key=key, withdrawn_at=None, address__division_id=division_id, address__parent=parent, address__kind=kind
    )
    found = names.select_related("address").order_by("address_id").first()
    return found.address if found else None
