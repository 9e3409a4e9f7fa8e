"""Staff by the token of their own telephone: who is a colleague of whom."""

from collections.abc import Collection, Mapping
from uuid import UUID

from linli.accounts.models import Holding, Person


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
