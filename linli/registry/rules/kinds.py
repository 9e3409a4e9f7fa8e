"""The kinds of things the base holds 实体类型 and how they belong together 关系类型."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERSON, HOUSEHOLD, HOUSE, BUILDING = "person", "household", "house", "building"
ORGANISATION, PLACE, THING = "organisation", "place", "thing"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entity. `title` names the data element that an entity of this kind is called by."""

    code: str
    label: str | Promise
    title: str
    icon: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind(PERSON, _("person"), "name", "user"),
        Kind(HOUSEHOLD, _("household"), "head_name", "users"),
        Kind(HOUSE, _("house"), "address", "home"),
        Kind(BUILDING, _("building"), "name", "building"),
        Kind(ORGANISATION, _("organisation"), "name", "building"),
        Kind(PLACE, _("place"), "name", "map-pin"),
        Kind(THING, _("thing"), "name", "flag"),
    )
}
DOG = "犬"  # what the type of a dog begins with, in the words of those who register it
RESIDENCE = "residence"  # a data element of the relation between a person and a house, not of either


@dataclass(frozen=True, slots=True)
class Bond:
    """One kind of relation: from which kinds to which. `label` reads from the first, `back` from the second."""

    code: str
    label: str | Promise
    back: str | Promise
    starts: frozenset[str]
    ends: frozenset[str]


def _bond(code: str, label: str | Promise, back: str | Promise, starts: str, ends: str) -> Bond:
    return Bond(code, label, back, frozenset(starts.split()), frozenset(ends.split()))


LIVES_IN, REGISTERED_AT, MEMBER_OF, RENTS = "lives_in", "registered_at", "member_of", "rents"
BONDS = {
    bond.code: bond
    for bond in (
        _bond(LIVES_IN, _("lives in"), _("resident"), PERSON, HOUSE),
        _bond(REGISTERED_AT, _("registered at"), _("registered here"), PERSON, HOUSE),
        _bond("owns", _("owns"), _("owner"), f"{PERSON} {ORGANISATION}", f"{HOUSE} {BUILDING} {THING}"),
        _bond(RENTS, _("rents"), _("tenant"), f"{PERSON} {ORGANISATION}", HOUSE),
        _bond("works_at", _("works at"), _("employee"), PERSON, ORGANISATION),
        _bond("guards", _("is guardian of"), _("guardian"), PERSON, PERSON),
        _bond(MEMBER_OF, _("member of"), _("member"), PERSON, HOUSEHOLD),
        _bond("keeps", _("keeps"), _("keeper"), f"{PERSON} {ORGANISATION}", THING),
        _bond("operates", _("operates"), _("operator"), f"{PERSON} {ORGANISATION}", f"{PLACE} {THING} {ORGANISATION}"),
        _bond("dwells_at", _("household at"), _("household here"), HOUSEHOLD, HOUSE),
        _bond("part_of", _("part of"), _("holds"), HOUSE, BUILDING),
        _bond("seated_at", _("seated at"), _("seat of"), f"{ORGANISATION} {PLACE} {THING}", f"{HOUSE} {BUILDING}"),
    )
}
HOMES = (LIVES_IN, REGISTERED_AT, "dwells_at")  # what says where somebody is found
