"""Which data element a column asks for, by which conversion: proposed with a reason and a confidence, confirmed once.

An element is written as kind and path: `person.name`, `household.head.citizen_id`, `person.household.head_name`,
`house.owner.phone`. The first word is the kind of record that a row stands for, the last the code of a data element in
the registry's dictionary; each word between is one of `registry.WAYS`. `area.name` is the area of a row in a
table of figures. An empty element goes with what needs none: row numbers, sums of other columns, counts by area,
signatures, remarks, and what the dictionary does not have.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.utils.translation import gettext_noop as _

from linli.registry import api as registry
from linli.sheets.rules.conversions import conversion
from linli.sheets.rules.derivations import Derived, derived
from linli.sheets.rules.evidence import listed_table, supports, type_of
from linli.sheets.rules.figures import figure
from linli.sheets.rules.groups import is_strange
from linli.sheets.rules.kinds import is_clear, subject_of
from linli.sheets.rules.labels import key_of, unfolded
from linli.sheets.rules.layouts import Column, Table
from linli.sheets.rules.meanings import FAINT, OF_ANOTHER, Meaning, group_role, meanings, role_of
from linli.sheets.rules.neighbours import settled
from linli.sheets.rules.transforms import Transform, made

SURE = 0.9  # from here on a proposal may be shown as ready: one in a hundred may be wrong
CONFIRMED = 0.99  # an officer said so
BY_VALUES, CONTRADICTED, UNKNOWN = 0.72, 0.55, 0.3
OF_AN_UNCLEAR_ROW = 0.86  # at most, where it is not clear what a row stands for
OF_NOTHING = 0.88  # at most, where it is said that the dictionary has nothing of the kind
MOST_ALTERNATIVES = 3
_LEFT_TO_A_HAND = re.compile(r"备\s*注|签\s*[字名章]|盖\s*章|手\s*印|领款人")
LIKELY = 0.6  # from here on it is shown first and asked about; below, nothing is chosen for the officer


class ElementLike(Protocol):
    """What binding needs to know of a data element."""

    @property
    def kind(self) -> str:
        """The kind of record that has it."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def label(self) -> str:
        """Its official name."""

    @property
    def type(self) -> str:
        """What its values are."""

    @property
    def table(self) -> str:
        """Its code table, if it has one."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a message (msgid) and its parameters: `gettext(message) % parameters`."""

    message: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """Another element that the column may mean."""

    element: str
    transform: Transform
    confidence: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one column asks for. `column` is the index of the grid column; confidence runs from 0 to 1.

    Only from `SURE` on may it be taken without being looked at, and even then it is shown.
    """

    column: int
    element: str
    transform: Transform
    confidence: float
    reason: Reason
    alternatives: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Learnt:
    """What an officer confirmed for a column once."""

    element: str
    transform: Transform


def learnt_key(kind: str, path: Iterable[str]) -> str:
    """Return the key under which a confirmation is kept: the kind of table and the header path, written plainly."""
    return f"{kind}:{key_of(tuple(path))}"


LEARNT = _("An officer confirmed it for a column of this name.")
LOOKS_LIKE = _("Its values look like “%(name)s”.")
LISTS = _("Its drop-down list shows “%(name)s”.")
UNFIT = _("It is called “%(name)s”, but its values do not look like it.")
NOTHING = _("No data element of the dictionary has a name like this.")


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """What the columns are compared with."""

    elements: Mapping[str, ElementLike]
    learnt: Mapping[str, Learnt]
    codes: Mapping[str, Mapping[str, str]]

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self.elements)

    def of(self, path: str) -> ElementLike | None:
        """Return the data element at the end of a path."""
        return self.elements.get(f"{registry.kind_at(path)}.{path.rsplit('.', 1)[-1]}")


def propose(
    table: Table,
    elements: Iterable[ElementLike],
    learnt: Mapping[str, Learnt] | None = None,
    codes: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[Proposal, ...]:
    """Return one proposal for each column of a table, in their order.

    `elements` is the dictionary, `learnt` what officers confirmed by `learnt_key`, `codes` the code tables as
    {table: {code: label}}.
    """
    dictionary = _Dictionary({f"{one.kind}.{one.code}": one for one in elements}, learnt or {}, codes or {})
    known, subject = dictionary.known, _subject(table)
    found = [meanings(_path_of(table, column, subject), subject or "person", known) for column in table.columns]
    chosen = settled(table, subject, found) if subject else found
    proposals = [_proposal(table, one, some, dictionary) for one, some in zip(table.columns, chosen, strict=True)]
    paths = [column.path for column in table.columns]
    if is_clear(table.title or table.grid.name, paths, is_titled=table.title != table.grid.name):
        return tuple(proposals)
    return tuple(map(_of_an_unclear_row, proposals))


def _path_of(table: Table, column: Column, subject: str) -> tuple[str, ...]:
    """Return the names of a column; on a card what stands in the row of somebody's name is about that one."""
    if table.is_card:
        first = next(one for one in table.columns if one.span.row == column.span.row)
        role = role_of(first.path[-1:], subject) if first is not column else None
        if role and role.path not in {"", "-"} and not role_of(column.path, subject):
            return (*column.path[:-1], role.name, column.path[-1])
    return unfolded(column.path)


def _of_an_unclear_row(one: Proposal) -> Proposal:
    if one.confidence == CONFIRMED or (not one.element and one.transform.kind in {"blank", "row_number"}):
        return one
    return replace(one, confidence=min(one.confidence, OF_AN_UNCLEAR_ROW))


def _subject(table: Table) -> str:
    return subject_of(table.kind, [column.path for column in table.columns])


def _proposal(table: Table, column: Column, some: Sequence[Meaning], dictionary: _Dictionary) -> Proposal:
    if said := dictionary.learnt.get(learnt_key(table.kind, column.path)):
        return Proposal(column.index, said.element, said.transform, CONFIRMED, Reason(LEARNT))
    reckoned = _reckoned(table, column, dictionary)
    best = some[0] if some and some[0].confidence >= FAINT else None
    others = tuple(_choice(column, one, dictionary) for one in some[:MOST_ALTERNATIVES] if one.element)
    if best and best.why == OF_ANOTHER and _subject(table):
        reckoned = None
    if reckoned and best and reckoned.transform.kind == "flag" and reckoned.element == best.element:
        reckoned = replace(reckoned, confidence=max(reckoned.confidence, best.confidence))  # it knows the condition
    if reckoned and (best is None or reckoned.confidence >= best.confidence or not _subject(table)):
        reason = Reason(reckoned.why, {"name": reckoned.name})
        return Proposal(column.index, reckoned.element, reckoned.transform, reckoned.confidence, reason, others)
    if not _subject(table) and (best is None or best.element):
        return _nothing(column, others)
    return _named(column, best, others[1:], dictionary) if best else _by_values(table, column, dictionary)


def _reckoned(table: Table, column: Column, dictionary: _Dictionary) -> Derived | None:
    subject = _subject(table)
    found = derived(table, column, subject) or (None if subject else figure(table, column, dictionary.known))
    if found and found.element and is_strange(column.path) and not group_role(column.path, subject):
        found = replace(found, confidence=min(found.confidence, OF_AN_UNCLEAR_ROW))
    if found and found.element and found.element != "area.name" and dictionary.of(found.element) is None:
        return None
    return found


def _named(column: Column, best: Meaning, others: tuple[Choice, ...], dictionary: _Dictionary) -> Proposal:
    choice = _choice(column, best, dictionary)
    element = dictionary.of(best.element) if best.element else None
    fit = supports(column, element.type) if element else -1.0
    confidence, why = choice.confidence, best.why
    if not choice.element and choice.transform.kind == "blank" and not _LEFT_TO_A_HAND.search(column.path[-1]):
        confidence = min(confidence, OF_NOTHING)
    role, slash, name = best.name.rpartition("/")
    words = {"role": role, "name": name} if slash else {"name": name}
    if 0 <= fit < CONTRADICTED:
        confidence, why, words = min(confidence, CONTRADICTED), UNFIT, {"name": name}
    return Proposal(column.index, choice.element, choice.transform, round(confidence, 3), Reason(why, words), others)


def _choice(column: Column, one: Meaning, dictionary: _Dictionary) -> Choice:
    element = dictionary.of(one.element) if one.element else None
    if element is None:
        return Choice("", made(one.transform or "blank"), one.confidence)
    codes = dictionary.codes.get(element.table, {})
    how = conversion(column, element.type, one.transform, codes, kept_as=element.label)
    return Choice(one.element, how, one.confidence)


def _by_values(table: Table, column: Column, dictionary: _Dictionary) -> Proposal:
    """Propose by drop-down list or values alone, where the name says nothing."""
    subject = _subject(table)
    coded = listed_table(column.choices, dictionary.codes)
    shown = type_of(column)
    for one in dictionary.elements.values():
        if one.kind != subject or not ((coded and one.table == coded) or (shown and one.type == shown)):
            continue
        transform = conversion(column, one.type, "", dictionary.codes.get(one.table, {}), kept_as=one.label)
        reason = Reason(LISTS if coded and one.table == coded else LOOKS_LIKE, {"name": one.label})
        return Proposal(column.index, f"{subject}.{one.code}", transform, BY_VALUES, reason)
    return _nothing(column, ())


def _nothing(column: Column, others: tuple[Choice, ...]) -> Proposal:
    return Proposal(column.index, "", made("blank"), UNKNOWN, Reason(NOTHING), others)


__all__ = ["LIKELY", "SURE", "Choice", "ElementLike", "Learnt", "Proposal", "Reason", "learnt_key", "propose"]
