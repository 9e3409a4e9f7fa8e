"""Houses find their place in the tree of standard addresses 标准地址落点, said by a source of its own."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry.actions.identify import remember
from linli.registry.actions.take_in import Statement, register_source, take_in
from linli.registry.models import Entity
from linli.registry.rules.addresses import ELEMENT, SOURCE, SOURCE_NAME
from linli.registry.rules.kinds import HOUSE


def stand_houses(*, entity_ids: Collection[UUID], now: datetime) -> int:
    """Let these houses know the code of their node; nodes that are missing are made. Returns how many found one.

    The address is what the base believes; what a source said is not touched. Done again, it changes nothing.
    """
    rows = Entity.objects.filter(pk__in=entity_ids, kind=HOUSE).exclude(attributes__address=None)
    houses = list(rows.only("id", "attributes", "community_id", "street_id").order_by("id"))
    places = regions.Division.objects.in_bulk({one.community_id or one.street_id for one in houses} - {None})
    said = []
    for one in houses:
        within = places.get(one.community_id or one.street_id or 0)
        if within and (code := _code(str(one.attributes["address"]), within, now)):
            said.append(Statement(str(one.id), {ELEMENT: code}, now))
    if said:
        register_source(code=SOURCE, name=SOURCE_NAME, department="", now=now)
        remember(SOURCE, HOUSE, {one.key: UUID(one.key) for one in said}, now)
        take_in(source=SOURCE, kind=HOUSE, statements=said, run=SOURCE, by=accounts.SYSTEM, now=now)
    return len(said)


def _code(text: str, within: regions.Division, now: datetime) -> str:
    nodes = regions.standardise(text=text, within=within, by=SOURCE, now=now)
    return nodes[-1].code if nodes else ""
