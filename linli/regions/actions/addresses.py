"""Keep standard addresses: find or make the path that a text means, and give places other names."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.regions.actions.place_names import NAMES
from linli.regions.models import Address, Division, PlaceName
from linli.regions.queries.addresses import parse_address
from linli.regions.queries.standard_addresses import find_step
from linli.regions.rules.names import clean_name
from linli.regions.rules.refusals import RegionRefusedError
from linli.regions.rules.standard_address import Step, key_of, path_of

__all__ = ["name_address", "rename_address", "standardise"]


@transaction.atomic
def standardise(*, text: str, within: Division, by: str, now: datetime) -> tuple[Address, ...]:
    """Return the nodes of the path that an address means, from the road or estate down; those missing are made.

    `within` is the street or community it lies in. A place is found by any name it ever bore. Two who make the same
    address at once get the same nodes. Empty where the text names no place.
    """
    steps, also = path_of(parse_address(text), within=within.name)
    nodes = _walk(steps, within, by=by, now=now)
    if nodes and also:
        _also_at(nodes[0], also, by=by)
    return nodes


@transaction.atomic
def rename_address(*, address: Address, name: str, day: date, by: str, source: str = "") -> Address:
    """Give a place another name from a day on; under the old one it is still found. What hangs below follows."""
    held = Address.objects.select_for_update().get(pk=address.pk)
    new = _checked(name)
    if new == held.name:
        return held
    key = key_of(held.kind, new)
    if _others(held, key).exists():
        raise RegionRefusedError(_("Another place here bears this name already."))
    kind = PlaceName.Kind.FORMER
    PlaceName.objects.filter(address=held, kind=kind, key=held.key, valid_to=day, withdrawn_at=None).delete()
    PlaceName.objects.create(
        address=held, kind=kind, name=held.name, key=held.key, valid_to=day, source=source[:200], by=by
    )
    held.name, held.key = new, key
    held.save(update_fields=["name", "key"])
    _rewrite(held)
    kernel.bump(NAMES)
    return held


@transaction.atomic
def name_address(*, address: Address, name: str, kind: str, since: date | None = None, by: str) -> PlaceName:
    """Add a name that a place bears as well or has in people's mouths; a second time changes nothing."""
    wanted = PlaceName.Kind(kind)
    written = _checked(name)
    named = {"name": written, "valid_from": since, "by": by}
    found, is_new = PlaceName.objects.get_or_create(
        address=address, kind=wanted, key=key_of(address.kind, written), valid_to=None, withdrawn_at=None,
        defaults=named,
    )  # fmt: skip
    if is_new:
        kernel.bump(NAMES)
    return found


def _walk(steps: Sequence[Step], within: Division, *, by: str, now: datetime) -> tuple[Address, ...]:
    nodes: list[Address] = []
    left = list(steps)
    while left:
        parent = nodes[-1] if nodes else None
        found, used = find_step(left, division_id=within.pk, parent=parent)
        nodes.append(found or _made(left[0], within, parent, by=by, now=now))
        left = left[used:]
    return tuple(nodes)


def _made(step: Step, within: Division, parent: Address | None, *, by: str, now: datetime) -> Address:
    text = f"{parent.text if parent else ''}{step.name}"
    made = {"name": step.name, "text": text[:400], "made_by": by, "made_at": now}
    node, is_new = Address.objects.get_or_create(
        division=within, parent=parent, kind=step.kind, key=step.key, defaults=made
    )
    if is_new and parent is None and PlaceName.objects.filter(key=step.key).exists():
        kernel.bump(NAMES)  # a name of old is a name of today elsewhere: it does not lead to one place any more
    return node


def _also_at(estate: Address, road: Sequence[Step], *, by: str) -> None:
    """Let an estate be found by the road and number at which it stands, too."""
    written = "".join(step.name for step in road)
    key = "".join(step.key for step in road)
    if not PlaceName.objects.filter(address=estate, kind=PlaceName.Kind.ALIAS, key=key, valid_to=None).exists():
        PlaceName.objects.get_or_create(
            address=estate, kind=PlaceName.Kind.ALIAS, key=key, valid_to=None, withdrawn_at=None,
            defaults={"name": written, "by": by},
        )  # fmt: skip


def _others(held: Address, key: str) -> "QuerySet[Address]":
    same = Address.objects.filter(division_id=held.division_id, parent_id=held.parent_id, kind=held.kind, key=key)
    return same.exclude(pk=held.pk)


def _rewrite(held: Address) -> None:
    """Write the whole address anew for a node and all below it."""
    level = [held]
    above = {held.pk: Address.objects.get(pk=held.parent_id).text if held.parent_id else ""}
    while level:
        for node in level:
            node.text = f"{above[node.pk]}{node.name}"[:400]
        Address.objects.bulk_update(level, ["text"])
        texts = {node.pk: node.text for node in level}
        level = list(Address.objects.filter(parent_id__in=texts))
        above = {node.pk: texts[node.parent_id] for node in level if node.parent_id}


def _checked(name: str) -> str:
    clean = clean_name(name)
    if not clean:
        raise RegionRefusedError(_("A name has 1 to 100 characters."))
    return clean
