"""A data element 数据元 as the rest of the registry reads it, and what may be said about one."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.registry.rules.kinds import KINDS, RESIDENCE
from linli.registry.rules.refusals import ElementRefusedError
from linli.trust import api as trust

TYPES = ("text", "date", "code", "number", "flag", "citizen_id", "credit_code", "phone", "area")
MASKS = ("none", "name", "phone", "citizen_id", "year", "tail", "all")
SHARING = ("unconditional", "conditional", "none")
SEARCH = ("", "exact", "fragment")
LOWEST, HIGHEST = int(min(trust.Grade)), int(max(trust.Grade))
OWN_PERMISSION = int(trust.Grade.GENERAL_4)  # from here on, counts and lists are narrower, too
SENSITIVE_FROM = int(trust.Grade.GENERAL_3)
CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
KEPT_SEALED = ("citizen_id", "phone")
LAST_DAY = "_until"


@dataclass(frozen=True, slots=True)
class ElementInfo:
    """One data element. `grade` is a `trust.Grade`: 1 to 4 are the four steps of general data, 5 important, 6 core.

    (GB/T 43697-2024, annex H.) `category` is its class by annex B, `sensitive` marks sensitive personal information
    (PIPL art. 28).

    `sharing` is one of the three kinds of the rules on sharing government data (政务数据共享条例); `basis` is the legal
    basis of what is not shared. `fresh_days` says after how many days a value is no longer fresh; None: never.
    """

    kind: str
    code: str
    label: str
    type: str = "text"
    table: str = ""
    owner: str = ""
    grade: int = 2
    sharing: str = "conditional"
    basis: str = ""
    standard: str = ""
    mask: str = "none"
    search: str = ""
    identifies: bool = False
    fresh_days: int | None = None
    position: int = 0
    is_sample: bool = True
    category: str = ""
    sensitive: bool = False

    @property
    def is_sealed(self) -> bool:
        """Whether the value is encrypted at rest: id numbers, telephones, and what its grade seals."""
        return self.type in KEPT_SEALED or trust.handling(self.grade).sealed or self.mask == "tail"

    @property
    def may_lie_ahead(self) -> bool:
        """Whether its day may be one to come: the last day of something, whose code says so."""
        return self.code.endswith(LAST_DAY)


def check_element(element: ElementInfo) -> None:
    """Raise ElementRefusedError where the description contradicts itself."""
    for wrong, sentence in _faults(element):
        if wrong:
            raise ElementRefusedError(sentence)


def _faults(one: ElementInfo) -> tuple[tuple[bool, str | Promise], ...]:
    known = one.type in TYPES and one.mask in MASKS and one.sharing in SHARING and one.search in SEARCH
    return (
        (one.kind not in {*KINDS, RESIDENCE}, _("There is no such kind of record.")),
        (
            not CODE.fullmatch(one.code),
            _("A code has small Latin letters, digits and underscores, and begins with a letter."),
        ),
        (not one.label.strip(), _("A data element needs its official name.")),
        (not known, _("Type, mask, sharing and search are chosen from their lists.")),
        (one.mask == "year" and one.type != "date", _("Only a day is masked by its year.")),
        (not LOWEST <= one.grade <= HIGHEST, _("The grade is 1 to 6.")),
        (one.sensitive and one.grade < SENSITIVE_FROM, _("Sensitive personal information has at least grade 3.")),
        ((one.type == "code") != bool(one.table), _("A coded element names its code table; others name none.")),
        (one.sharing == "none" and not one.basis.strip(), _("What is not shared needs its legal basis in words.")),
        (one.is_sealed and one.search == "fragment", _("What is kept sealed can only be found by its whole value.")),
        (one.identifies and one.search != "exact", _("What identifies somebody is found by its whole value.")),
    )  # fmt: skip
