"""Who a resident is, as an officer confirmed it: tokens of the ledger, and since when a number is theirs."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.registry.models import Binding, Entity
from linli.registry.queries.cards import said_of
from linli.registry.queries.dictionary import elements_of, owners_of
from linli.registry.queries.identities import absorbed_by, survivor_of
from linli.registry.queries.saying import sayings_of
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.survivorship import project
from linli.trust import slots as trust

CONFIRM = "registry.confirm"


def binding_of(actor: accounts.Actor) -> Binding | None:
    """Return what ties a resident to a person of the base now, if anything does."""
    if actor.kind != "resident" or actor.person_id is None:
        return None
    return Binding.objects.filter(account_id=actor.person_id, ended_at=None).first()


def binding_at(entity_id: UUID) -> Binding | None:
    """Return what ties a person of the base to an account now, if anything does."""
    rows = Binding.objects.filter(entity_id=entity_id, ended_at=None).select_related("confirmed_by")
    return rows.first()


def person_of(actor: accounts.Actor) -> UUID | None:
    """Return the person of the base whom an officer confirmed a resident to be, after all merges."""
    row = binding_of(actor)
    return survivor_of(row.entity_id) if row else None


class BoundPerson(trust.SelfSource):
    """Knows residents whom an officer confirmed at the counter."""

    code = "registry.binding"

    def known(self, actor: accounts.Actor) -> trust.Known:
        """Return the tokens of the person, also under what was merged into it, and since when the number is theirs."""
        moved = Binding.objects.filter(account_id=actor.person_id).aggregate(
            since=Max("ended_at", filter=Q(end_reason=Binding.Reason.PHONE))
        )
        person = person_of(actor)
        if person is None:
            return trust.Known(phone_since=moved["since"])
        community = Entity.objects.filter(pk=person).values_list("community_id", flat=True).first()
        unit = accounts.unit_for(kind="community", division_id=community) if community else None
        ids = [person, *absorbed_by([person]).get(person, ())]
        return trust.Known(
            frozenset(subject_of(one) for one in ids), moved["since"], subject_of(person), unit.id if unit else None
        )


class PersonRecord(trust.DataHolder):
    """Says to who was confirmed what the base believes of them, with the source of each value."""

    code, label = "registry.person", _("The base of people and houses")

    def held(self, actor: accounts.Actor, *, now: datetime) -> list[trust.Held]:
        """Return every value of their own record, whole: masks are for others."""
        person = person_of(actor)
        if person is None:
            return []
        believed = project(
            sayings_of([person]).get(person, []), owners_of(PERSON), on=timezone.localdate(now), known_at=now
        )
        return [
            trust.Held(element.label, said_of(element, believed[code].value), believed[code].said.source_name,
                       believed[code].said.observed_at)
            for code, element in elements_of(PERSON).items() if code in believed
        ]  # fmt: skip


def account_entities(account_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the people of the base to whom accounts are tied now, by account. One query."""
    rows = Binding.objects.filter(account_id__in=account_ids, ended_at=None)
    return dict(rows.values_list("account_id", "entity_id"))
