"""Staff by id or by the token of their own telephone: names, wide rights, who is a colleague of whom."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from linli.accounts.models import Holding, Person
from linli.accounts.queries.actors import holdings_on


def staff_names(person_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the names of these staff as colleagues know them. One query."""
    rows = Person.objects.filter(pk__in=list(person_ids), kind=Person.Kind.STAFF)
    return {row.pk: str(row) for row in rows.only("name", "username")}


def people_of_wide_rights(*, on: date) -> frozenset[UUID]:
    """Return who holds on that day a post that needs a second factor: those whose accounts open much. One query."""
    rows = holdings_on(on).filter(post__needs_second_factor=True, person__is_active=True)
    return frozenset(rows.values_list("person_id", flat=True))


def staff_tokens(person_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the token of the own telephone of these staff, where it is known. One query."""
    rows = Person.objects.filter(pk__in=list(person_ids), kind=Person.Kind.STAFF).exclude(phone_token="")
    return dict(rows.values_list("pk", "phone_token"))


def units_of_staff(tokens: Collection[str]) -> Mapping[str, Mapping[UUID, frozenset[int]]]:
    """Return the staff behind these tokens of telephones and the units they work in, by token. One query."""
    rows = Holding.objects.filter(
        person__phone_token__in=list(tokens), person__kind=Person.Kind.STAFF, person__is_active=True, ended_at=None
    ).exclude(person__phone_token="")
    found: dict[str, dict[UUID, frozenset[int]]] = {}
    for token, person_id, unit_id in rows.values_list("person__phone_token", "person_id", "unit_id"):
        units = found.setdefault(token, {})
        units[person_id] = units.get(person_id, frozenset()) | {unit_id}
    return found
