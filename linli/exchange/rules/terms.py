"""What may be applied for, and whether an answer grants no more than was asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.exchange.rules.sharing_refusals import TermsRefusedError

VERIFY, QUERY, BATCH, PUSH = "verify", "query", "batch", "push"
WAYS: Mapping[str, str | Promise] = {
    VERIFY: _("verify: yes or no, never the value"),
    QUERY: _("query: one person at a time"),
    BATCH: _("batch: a list comes back as a file"),
    PUSH: _("push: changes are sent to an address as they happen"),
}
MOST, SHORTEST_BASIS, MOST_VALUES = 10_000_000, 4, 20
COMMUNITY = "社区"  # the owner, as the dictionary names it, of what communities keep about their own


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms of an application or a grant; see `models.sharing.Terms`."""

    kind: str
    elements: tuple[str, ...]
    division_id: int
    starts_on: date
    ends_on: date
    quota: int
    ways: tuple[str, ...]
    purpose: str
    lifted: tuple[str, ...] = ()
    rows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    push_to: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a rule must know of an element: its owner, whether it is kept back, and on which basis."""

    owner: str
    sharing: str
    basis: str
    label: str


def check_asked(asked: Asked, known: Mapping[str, Known], *, purposes: Collection[str], today: date) -> None:
    """Raise TermsRefusedError, by field, where these terms can't be applied for."""
    for wrong, name, sentence in (
        (not asked.elements, "elements", _("Choose at least one data element.")),
        (not set(asked.elements) <= set(known), "elements", _("A data element is not in the dictionary.")),
        (not set(asked.lifted) <= set(asked.elements), "lifted", _("Only chosen elements can be given whole.")),
        (not set(asked.rows) <= set(known), "rows", _("Rows are narrowed by an element of the dictionary.")),
        (asked.purpose not in purposes, "purpose", _("Choose a purpose from the register.")),
        (not asked.ways or not set(asked.ways) <= set(WAYS), "ways", _("Choose how it is asked.")),
        ((PUSH in asked.ways) != bool(asked.push_to), "push_to", _("Name the address to which changes are sent.")),
        (asked.ends_on < asked.starts_on, "ends_on", _("The period ends before it begins.")),
        (asked.ends_on < today, "ends_on", _("The period is over already.")),
        (not 1 <= asked.quota <= MOST, "quota", _("Say for how many people at most: 1 to 10,000,000.")),
    ):
        if wrong:
            raise TermsRefusedError(name, sentence)
    kept_back = [known[code] for code in asked.elements if known[code].sharing == "none"]
    if kept_back:
        one = kept_back[0]
        raise TermsRefusedError("elements", _("%(label)s is not shared: %(basis)s") % asdict(one))


def values_of(text: str) -> list[str]:
    """Return the values somebody listed, at most 20, between commas of either width."""
    parts = (one.strip() for one in text.replace("，", ",").split(","))
    return [one for one in parts if one][:MOST_VALUES]


def by_owner(elements: Sequence[str], known: Mapping[str, Known]) -> dict[str, tuple[str, ...]]:
    """Return the elements of each owner department, in their order: each answers for its own."""
    owners: dict[str, tuple[str, ...]] = {}
    for code in elements:
        owners[known[code].owner] = (*owners.get(known[code].owner, ()), code)
    return owners


def check_granted(granted: Asked, asked: Asked, *, below: Collection[int]) -> None:
    """Raise TermsRefusedError where an answer grants more than was asked. `below` are the divisions asked for."""
    inside = (
        (set(granted.elements) <= set(asked.elements), "elements"),
        (set(granted.lifted) <= set(asked.lifted) & set(granted.elements), "lifted"),
        (granted.division_id in below, "division"),
        (asked.starts_on <= granted.starts_on, "starts_on"),
        (granted.ends_on <= asked.ends_on, "ends_on"),
        (granted.quota <= asked.quota, "quota"),
        (set(granted.ways) <= set(asked.ways), "ways"),
        (granted.push_to in {"", asked.push_to}, "push_to"),
        (granted.purpose == asked.purpose and granted.kind == asked.kind, "purpose"),
        (_narrows(granted.rows, asked.rows), "rows"),
    )
    for fits, name in inside:
        if not fits:
            raise TermsRefusedError(name, _("An answer grants no more than was asked for."))


def _narrows(granted: Mapping[str, Sequence[str]], asked: Mapping[str, Sequence[str]]) -> bool:
    return all(code in granted and set(granted[code]) <= set(values) for code, values in asked.items())
