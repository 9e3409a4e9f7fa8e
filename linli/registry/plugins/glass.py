"""People of the base can be opened by break-glass: found by a whole identifying number, and nothing but that number."""

from datetime import datetime

from django.utils import timezone

from linli.registry.models import Entity, Identifier
from linli.registry.queries.cards import brief_of
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.sight import REVEAL, SEE, SENSITIVE
from linli.registry.rules.heads import token_of
from linli.registry.rules.kinds import KINDS, PERSON
from linli.registry.rules.values import BadValueError, clean_value
from linli.trust import slots as trust


class PeopleOfTheBase(trust.Glass):
    """One person by citizen id, telephone or another number by which the dictionary lets somebody be found."""

    code, label = "registry", KINDS[PERSON].label
    capability, capabilities = SEE, (SEE, REVEAL, SENSITIVE)

    def find(self, number: str, *, now: datetime) -> trust.Target | None:
        """Return the one person who has this number. None where there is nobody, or several. Two queries."""
        tokens = set()
        for element in elements_of(PERSON).values():
            if element.search == "exact":
                try:
                    value = clean_value(element, number, codes=frozenset(), today=timezone.localdate(now))
                except BadValueError:
                    continue
                tokens.add((element.code, token_of(element, str(value))))
        rows = Identifier.objects.filter(kind=PERSON, token__in=[token for _code, token in tokens])
        ids = {row.entity_id for row in rows if (row.element, row.token) in tokens}
        found = list(Entity.objects.filter(pk__in=ids, merged_into=None).defer("terms", "sealed", "origins")[:2])
        one = found[0] if len(found) == 1 else None
        if one is None or one.community_id is None:
            return None
        return trust.Target(
            kind=Entity._meta.label_lower, id=one.id, division_id=one.community_id, words=brief_of(one).title,  # noqa: SLF001  Django's public _meta
            subjects=tuple(one.subjects), object_kind=one.kind,
        )  # fmt: skip
