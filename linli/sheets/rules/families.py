"""Lists within a card that ask for who lives together 家庭成员: which they are, and what of it the base can say."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_noop as _

from linli.sheets.rules.binding import Proposal, Reason
from linli.sheets.rules.layouts import Table
from linli.sheets.rules.transforms import made

MEMBERS = "members"  # the kind of a part that is such a list
CARDS = {"persons": "person", "households": "household"}  # what a card is about, by the kind of its table
_NAMED = re.compile(r"家庭(?:主要)?(?:成员|人口)|共同生活|同住|同户|户内(?:成员|人员)|家庭情况")
_RELATED = re.compile(r"^与?(?:户主|申请人|本人|其)?(?:之?间)?(?:的)?(?:关系|称谓)$")
HEAD, KINSHIP = "户主", "person.kinship"
NOT_TO_HEAD = _("The base keeps the relation to the head of the household; this one is to whom the card is about.")


def families_in(card: Table, tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return the lists within a card that ask for its household, as lists of persons."""
    if card.kind not in CARDS:
        return ()
    within = [one for one in tables if one.is_within and one.grid is card.grid
              and card.header.row <= one.header.row <= card.header.last_row]  # fmt: skip
    return tuple(replace(one, kind="persons") for one in within if _asks_for_family(one))


def honest(card: Table, proposal: Proposal, leaf: str) -> Proposal:
    """Return what a column of such a list asks for; a relation to somebody else than the head is left for a hand."""
    if proposal.element != KINSHIP or card.kind == "households" or HEAD in leaf:
        return proposal
    return replace(
        proposal, element="", transform=made("blank"), confidence=1.0, reason=Reason(NOT_TO_HEAD), alternatives=()
    )


def _asks_for_family(table: Table) -> bool:
    leaves = [column.path[-1] for column in table.columns]
    return bool(_NAMED.search(table.title)) or any(_RELATED.match(leaf) for leaf in leaves)


__all__ = ["CARDS", "MEMBERS", "families_in", "honest"]
