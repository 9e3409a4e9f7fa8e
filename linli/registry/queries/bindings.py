"""Who a resident is and for whom they act, as an officer confirmed it: tokens of the ledger, since when."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.registry.models import Binding, Entity
from linli.registry.queries import guardians
from linli.registry.queries.cards import brief_of, said_of
from linli.registry.queries.dictionary import elements_of, owners_of
from linli.registry.queries.identities import absorbed_by, survivor_of
from linli.registry.queries.numbers import person_with
from linli.registry.queries.saying import sayings_of
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.guardians import OF_OTHERS, born_on, told_apart
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.masks import masked
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


def person_for(actor: accounts.Actor, *, ward: UUID | None, now: datetime) -> UUID | None:
    """Return the same; with `ward`, whom the resident may act for under that guardianship now."""
    own = person_of(actor)
    return guardians.ward_under(ward, own, now) if ward and own else None if ward else own


def person_by_number(number: str, *, now: datetime) -> Entity | None:
    """Return who has this number of an identity document, or a confirmed account with this mobile number."""
    identifying = [element for element in elements_of(PERSON).values() if element.identifies]
    found = person_with(number, identifying, now=now)
    try:
        account = accounts.known_resident(phone=number) if found is None else None
    except accounts.BadPhoneError:
        return None
    row = Binding.objects.filter(account=account, ended_at=None).first() if account else None
    return Entity.objects.get(pk=survivor_of(row.entity_id)) if row else found


class BoundPerson(trust.SelfSource):
    """Knows residents whom an officer confirmed at the counter."""

    code = "registry.binding"

    def known(self, actor: accounts.Actor, *, now: datetime) -> trust.Known:
        """Return the tokens of the person, also under what was merged into it, and since when the number is theirs."""
        moved = Binding.objects.filter(account_id=actor.person_id).aggregate(
            since=Max("ended_at", filter=Q(end_reason=Binding.Reason.PHONE))
        )
        person = person_of(actor)
        if person is None:
            return trust.Known(phone_since=moved["since"])
        return replace(_known(person, now), phone_since=moved["since"])

    def wards(self, actor: accounts.Actor, *, now: datetime) -> list[trust.Ward]:
        """Return for whom an officer confirmed them to be guardian, while that holds."""
        own = person_of(actor)
        held = guardians.guarded_by(own, now) if own else []
        known = {row.id: _known(survivor_of(row.ward_id), now) for row in held}
        labels = told_apart([(brief_of(row.ward).title, born_on(row.ward.whole())) for row in held])
        return [trust.Ward(row.id, label, known[row.id]) for row, label in zip(held, labels, strict=True)]


class PersonRecord(trust.DataHolder):
    """Says to who was confirmed what the base believes of them, with the source of each value."""

    code, label = "registry.person", _("The base of people and houses")

    def held(self, actor: accounts.Actor, *, now: datetime, ward: UUID | None = None) -> list[trust.Held]:
        """Return every value of their own record, whole: masks are for others.

        Of a ward's record, what may be the number of another parent stands behind its mask.
        """
        person = person_for(actor, ward=ward, now=now)
        if person is None:
            return []
        believed = project(
            sayings_of([person]).get(person, []), owners_of(PERSON), on=timezone.localdate(now), known_at=now
        )
        return [
            trust.Held(element.label, _told(element, believed[code].value, is_ward=ward is not None),
                       believed[code].said.source_name, believed[code].said.observed_at)
            for code, element in elements_of(PERSON).items() if code in believed
        ]  # fmt: skip


def account_entities(account_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the people of the base to whom accounts are tied now, by account. One query."""
    rows = Binding.objects.filter(account_id__in=account_ids, ended_at=None)
    return dict(rows.values_list("account_id", "entity_id"))


def bound_by_telephone(tokens: Iterable[str]) -> dict[str, frozenset[UUID]]:
    """Return the people tied to residents' accounts that have these telephones, by token. One query."""
    rows = Binding.objects.filter(account__phone_token__in=[one for one in tokens if one], ended_at=None)
    found: dict[str, frozenset[UUID]] = defaultdict(frozenset)
    for token, entity in rows.values_list("account__phone_token", "entity_id"):
        found[token] |= {entity}
    return found


def _known(person: UUID, now: datetime) -> trust.Known:
    community = Entity.objects.filter(pk=person).values_list("community_id", flat=True).first()
    unit = accounts.unit_for(kind="community", division_id=community) if community else None
    account = Binding.objects.filter(entity_id=person, ended_at=None).values_list("account_id", flat=True).first()
    ids = [person, *absorbed_by([person]).get(person, ())]
    return trust.Known(
        frozenset(subject_of(one) for one in ids), token=subject_of(person), unit_id=unit.id if unit else None,
        account_id=account, needs_guardian=guardians.needs_guardian(person, now),
    )  # fmt: skip


def _told(element: ElementInfo, value: Any, *, is_ward: bool) -> str:
    return str(masked(element, value)) if is_ward and element.code in OF_OTHERS else said_of(element, value)
