"""Impact assessments 影响评估: what must be answered, how long one is kept, when one is needed and still holds."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.activities import Activity
from linli.trust.rules.ask_less import PolicyRefusedError, Question
from linli.trust.rules.refusals import TrustRefusedError

KEPT_YEARS = 3  # PIPL article 56: report and record are kept three years at least
STOP = "stop"
LONGEST = 4000


class AssessmentRefusedError(TrustRefusedError):
    """An assessment that can't be written down as it is."""


def years_later(day: date, years: int = KEPT_YEARS) -> date:
    """Return the same day some years later; 29 February becomes 1 March, so that nothing is kept a day too short."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month."""
    months += day.year * 12 + day.month - 1
    year, month = months // 12, months % 12 + 1
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise PolicyRefusedError


def check_assessment(
    *, subject: str, answers: Mapping[str, str], measures: str, valid_until: date, questions: Mapping[str, Question],
    today: date, longest_months: int,
) -> None:  # fmt: skip
    """Raise AssessmentRefusedError with the first thing that is missing, in one sentence."""
    open_ones = [one.name for code, one in questions.items() if not answers.get(code, "").strip()]
    last = months_later(today, longest_months)
    for wrong, sentence in (
        (not subject.strip(), _("Say what is assessed.")),
        (bool(open_ones), _("Answer the question: %(question)s.") % {"question": open_ones[0] if open_ones else ""}),
        (not measures.strip(), _("Say which measures protect the people concerned.")),
        (any(len(one) > LONGEST for one in (measures, *answers.values())), _("Keep each answer to 4,000 characters.")),
        (
            not today < valid_until <= last,
            _("It holds until a day in the future, %(day)s at the latest.") % {"day": last},
        ),
    ):
        if wrong:
            raise AssessmentRefusedError(sentence)


def reasons_of(activity: Activity, *, sensitive: Iterable[str] = ()) -> tuple[str | Promise, ...]:
    """Return why an activity needs an assessment (PIPL article 55); nothing where it needs none.

    `sensitive` names what is asked for it by the forms, grants and devices of the house.
    """
    named = [str(one) for one in sensitive]
    found: list[str | Promise] = [_("the register says so")] if activity.needs_assessment else []
    if named:
        found.append(_("sensitive data are asked for: %(names)s") % {"names": ", ".join(named[:3])})
    return tuple(found)
