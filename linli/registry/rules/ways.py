"""Where a path leads from one record to another 关系路径: `person.household.head_name`, `house.owner.phone`."""

from dataclasses import dataclass

from linli.registry.rules.kinds import (
    HOUSE,
    HOUSEHOLD,
    LIVES_IN,
    MEMBER_OF,
    ORGANISATION,
    PERSON,
    PLACE,
    REGISTERED_AT,
    RENTS,
    RESIDENCE,
    THING,
)

HEAD = ("02",)  # 户主, GB/T 4761-2008
HOME_WORDS = ("household", "home")  # what one visit answers


@dataclass(frozen=True, slots=True)
class Way:
    """One word between kind and element: to which kind it leads, over which relation, read backwards or not.

    With `kin` only those whose relation to the head of the household is one of these codes. A way without a relation
    says whom a form means and cannot be followed yet: what lies there is not filled, only asked.
    """

    kind: str
    bond: str = ""
    back: bool = False
    kin: tuple[str, ...] = ()


WAYS = {
    (PERSON, "household"): Way(HOUSEHOLD, MEMBER_OF),
    (HOUSEHOLD, "head"): Way(PERSON, MEMBER_OF, back=True, kin=HEAD),
    (HOUSEHOLD, "member"): Way(PERSON),  # each member: a row would be several
    (HOUSEHOLD, "home"): Way(HOUSE, "dwells_at"),
    (PERSON, "home"): Way(HOUSE, LIVES_IN),
    (PERSON, "registered_home"): Way(HOUSE, REGISTERED_AT),
    (PERSON, "residence"): Way(RESIDENCE),  # elements of the relation itself
    (PERSON, "spouse"): Way(PERSON),
    (PERSON, "father"): Way(PERSON),
    (PERSON, "mother"): Way(PERSON),
    (PERSON, "guardian"): Way(PERSON, "guards", back=True),
    (PERSON, "workplace"): Way(ORGANISATION, "works_at"),
    (HOUSE, "owner"): Way(PERSON, "owns", back=True),
    (HOUSE, "tenant"): Way(PERSON, RENTS, back=True),
    (HOUSE, "resident"): Way(PERSON, LIVES_IN, back=True),
    (HOUSE, "household"): Way(HOUSEHOLD, "dwells_at", back=True),
    (HOUSE, "building"): Way("building", "part_of"),
    (ORGANISATION, "operator"): Way(PERSON, "operates", back=True),
    (PLACE, "operator"): Way(PERSON, "operates", back=True),
    (PLACE, "seat"): Way(HOUSE, "seated_at"),
    (THING, "keeper"): Way(PERSON, "keeps", back=True),
    (THING, "owner"): Way(PERSON, "owns", back=True),
    (THING, "seat"): Way(HOUSE, "seated_at"),
    (ORGANISATION, "seat"): Way(HOUSE, "seated_at"),
}


def kind_at(path: str) -> str:
    """Return the kind of record that holds the last word of a path; empty where the path leads nowhere."""
    kind, *words = path.split(".")
    for word in words[:-1]:
        way = WAYS.get((kind, word))
        kind = way.kind if way else ""
    return kind


def along(path: str) -> tuple[tuple[str, ...], str, str] | None:
    """Return the words between, the kind that the last word is of, and the element; None where it is not followed."""
    kind, *words = path.split(".")
    for word in words[:-1]:
        way = WAYS.get((kind, word))
        if way is None or not way.bond:
            return None
        kind = way.kind
    return (tuple(words[:-1]), kind, words[-1]) if words else None
