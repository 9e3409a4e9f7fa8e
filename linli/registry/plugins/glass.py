"""People of the base can be opened by break-glass: found by a whole identifying number, and nothing but that number."""

from datetime import datetime

from linli.registry.models import Entity
from linli.registry.queries.cards import brief_of
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.numbers import person_with
from linli.registry.queries.sight import REVEAL, SEE, SENSITIVE
from linli.registry.rules.kinds import KINDS, PERSON
from linli.trust import slots as trust


class PeopleOfTheBase(trust.Glass):
    """One person by citizen id, telephone or another number by which the dictionary lets somebody be found."""

    code, label = "registry", KINDS[PERSON].label
    capability, capabilities = SEE, (SEE, REVEAL, SENSITIVE)

    def find(self, number: str, *, now: datetime) -> trust.Target | None:
        """Return the one person who has this number. None where there is nobody, or several. Two queries."""
        exact = [element for element in elements_of(PERSON).values() if element.search == "exact"]
        one = person_with(number, exact, now=now)
        if one is None or one.community_id is None:
            return None
        return trust.Target(
            kind=Entity._meta.label_lower, id=one.id, division_id=one.community_id, words=brief_of(one).title,  # noqa: SLF001  Django's public _meta
            subjects=tuple(one.subjects), object_kind=one.kind,
        )  # fmt: skip
