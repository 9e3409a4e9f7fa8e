"""Who has an identifying number: found by its keyed token alone, wherever they are."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from linli.registry.models import Entity, Identifier
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.heads import token_of
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.values import BadValueError, clean_value


def person_with(number: str, elements: Iterable[ElementInfo], *, now: datetime) -> Entity | None:
    """Return the one person who has this number in one of the elements; None for nobody, or several. Two queries."""
    tokens = set()
    for element in elements:
        try:
            value = clean_value(element, number, codes=frozenset(), today=timezone.localdate(now))
        except BadValueError:
            continue
        tokens.add((element.code, token_of(element, str(value))))
    rows = Identifier.objects.filter(kind=PERSON, token__in=[token for _code, token in tokens])
    ids = {row.entity_id for row in rows if (row.element, row.token) in tokens}
    found = list(Entity.objects.filter(pk__in=ids, merged_into=None).defer("terms", "origins")[:2])
    return found[0] if len(found) == 1 else None
