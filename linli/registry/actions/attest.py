"""A single value that a domain above found to be right 订正 becomes a source record of the entity it is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.registry.actions.identify import remember
from linli.registry.actions.take_in import Statement, Taken, take_in
from linli.registry.models import Entity
from linli.registry.rules.refusals import UnknownSourceError


@dataclass(frozen=True, slots=True)
class Attested:
    """One value of one element of an entity, seen on site by somebody at a time."""

    entity_id: UUID
    element: str
    value: Any
    observed_at: datetime


@transaction.atomic
def attest(*, attested: Attested, source: str, run: str, now: datetime) -> Taken:
    """Let a source say one value of an entity at hand, as verified; it speaks for each element by itself.

    Raises UnknownSourceError where the entity is gone or the source is not registered.
    """
    kind = Entity.objects.filter(pk=attested.entity_id).values_list("kind", flat=True).first()
    if kind is None:
        raise UnknownSourceError
    key = f"{attested.entity_id}:{attested.element}"
    remember(source, kind, {key: attested.entity_id}, now)
    said = Statement(key, {attested.element: attested.value}, attested.observed_at, is_verified=True)
    return take_in(source=source, kind=kind, statements=[said], run=run, by=accounts.SYSTEM, now=now)
