"""What stands in the register of processing activities, and what must be right about it before it counts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.grades import LOWEST, Grade
from linli.trust.rules.refusals import ActivityRefusedError

Text = str | Promise
# Fixed by law, not by the table of handling: data of people are general data (GB/T 43697-2024, annex H, steps 1 to 4);
# what is important or core is so for what it says of many, and no activity about one person rests on it.
HIGHEST = int(Grade.GENERAL_4)
ORDINARY = 2  # sensitive personal information has at least grade 3
BASES = ("1", "2", "3", "4", "5", "6", "7")  # 个人信息保护法 article 13, paragraph 1, items (1) to (7)
BASIS_TABLE = "legal_basis"
DUTY, EMERGENCY, CONSENT = "3", "4", "1"
OPEN, DEFERRED = "open", "deferred"  # whether the person is told at once who looked, or later, by law only
LONGEST_CODE, LONGEST_NAME, LONGEST_TEXT = 60, 60, 500
_LISTS = ("posts", "units", "elements", "case_kinds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One processing activity 个人信息处理活动: what data of people are used for, by whom, on which ground, how far.

    `code` is what the ledger names as purpose. `posts` and `units` are codes of those who may choose it, empty for
    all whose post opens the data. `grade` is the highest grade that is shown for it, `elements` (as `person.phone`)
    the only ones, empty for all. `chosen` tells whether a person chooses it on a page. With `case_needed` it must be
    bound to an open case of one of `case_kinds` (empty: of any). `kept_months` 0 is "as the rules of keeping say".
    """

    code: str
    name: Text
    what_for: Text = ""
    basis: str = DUTY
    law: Text = ""
    chosen: bool = False
    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    grade: int = HIGHEST
    elements: tuple[str, ...] = ()
    case_needed: bool = False
    case_kinds: tuple[str, ...] = ()
    kept_months: int = 0
    needs_assessment: bool = False
    assessed_on: date | None = None
    disclosure: str = OPEN
    disclosure_law: Text = ""
    is_ended: bool = False
    is_sample: bool = False
    number: int = field(default=0, compare=False)
    begins_on: date | None = field(default=None, compare=False)

    @property
    def domain(self) -> str:
        """The part of the house whose pages offer it."""
        return self.code.partition(".")[0]

    @property
    def rests_on_consent(self) -> bool:
        """Whether the person must have agreed to it."""
        return self.basis == CONSENT


CONTENT = tuple(name for name in Activity.__slots__ if name not in {"code", "number", "begins_on", "is_sample"})


def content_of(activity: Activity) -> dict[str, Any]:
    """Return what a version keeps of it, as plain data."""
    kept = {name: value for name, value in asdict(activity).items() if name in CONTENT}
    return {name: _plain(value) for name, value in kept.items()}


def activity_from(code: str, content: Mapping[str, Any], **more: Any) -> Activity:
    """Return the activity that plain data describe; keys that are not known are left out. Raises ActivityRefusedError.

    `more` are fields that the data do not hold, such as the number of the version.
    """
    said = {name: value for name, value in content.items() if name in CONTENT}
    try:
        said |= {name: tuple(str(one) for one in said[name]) for name in _LISTS if name in said}
        if isinstance(said.get("assessed_on"), str):
            said["assessed_on"] = date.fromisoformat(said["assessed_on"]) if said["assessed_on"] else None
        return Activity(code=code, **said, **more)
    except (TypeError, ValueError) as error:
        raise ActivityRefusedError(_("This is no entry of the register: look at its fields.")) from error


def check_activity(activity: Activity) -> None:
    """Raise ActivityRefusedError where an entry can't stand in the register, with the reason in one sentence."""
    for wrong, sentence in (
        (not str(activity.name).strip(), _("Give the activity a name.")),
        (not str(activity.what_for).strip(), _("Say in a sentence what the data are used for.")),
        (activity.basis not in BASES, _("Choose the legal basis from the list.")),
        (activity.grade not in range(LOWEST, HIGHEST + 1), _("The highest grade is a number from 1 to 4.")),
        (activity.kept_months not in range(1201), _("Data are kept between 0 and 1,200 months.")),
        (activity.disclosure not in {OPEN, DEFERRED}, _("Choose when the person is told.")),
        (
            activity.disclosure == DEFERRED and not str(activity.disclosure_law).strip(),
            _("Only a law lets the person be told later: name it with its article."),
        ),
        (
            activity.assessed_on is not None and not activity.needs_assessment,
            _("A day of assessment belongs to an activity that needs one."),
        ),
    ):
        if wrong:
            raise ActivityRefusedError(sentence)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Promise) else value
