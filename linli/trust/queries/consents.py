"""What rests on consent, to what somebody has agreed, and whether somebody's data may be used on that ground now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from linli.trust.models import Consent
from linli.trust.queries.activities import activity, register_on
from linli.trust.rules.activities import HIGHEST, ORDINARY, Activity
from linli.trust.rules.cases import About
from linli.trust.rules.refusals import ConsentMissingError

PERSON = "person"


@dataclass(frozen=True, slots=True)
class Asked:
    """One activity that rests on consent 基于同意的处理, as its person sees it: the words, and what they agreed to."""

    activity: Activity
    words: str
    given: Consent | None
    separate: Consent | None

    @property
    def is_sensitive(self) -> bool:
        """Whether it may use sensitive data, to which one agrees separately."""
        return self.activity.grade > ORDINARY


def words_of(one: Activity) -> str:
    """Return the text that is shown and agreed to."""
    return "\n".join(str(part) for part in (one.name, one.what_for, one.law) if str(part).strip())


def asked_of(subject: str, *, on: date) -> list[Asked]:
    """Return everything that rests on consent on a day, and what this person has agreed to. One query."""
    resting = [one for one in register_on(on).values() if one.rests_on_consent]
    rows = open_consents([subject]).filter(activity__in=[one.code for one in resting])
    given = {(row.activity, row.is_separate): row for row in rows}
    return [
        Asked(one, words_of(one), _valid(given.get((one.code, False)), one), _valid(given.get((one.code, True)), one))
        for one in resting
    ]


def consents_of(subject: str) -> QuerySet[Consent]:
    """Return what somebody agreed to and withdrew, the newest first."""
    return Consent.objects.filter(subject=subject).order_by("-given_at", "-id")


def open_consents(subjects: Collection[str]) -> QuerySet[Consent]:
    """Return the consents of these people that were not withdrawn."""
    return Consent.objects.filter(subject__in=list(subjects), withdrawn_at=None)


def consenting(code: str, subjects: Collection[str], *, on: date) -> Mapping[str, int] | None:
    """Return up to which grade each of these people lets their data be used for an activity; others are left out.

    None where the activity does not rest on consent. One query at most.
    """
    found = activity(code, on=on)
    if found is None or not found.rests_on_consent:
        return None
    rows = open_consents(subjects).filter(activity=code, version=found.number)
    grades: dict[str, int] = {}
    for subject, is_separate in rows.order_by("is_separate").values_list("subject", "is_separate"):
        if is_separate and subject in grades:
            grades[subject] = HIGHEST
        elif not is_separate:
            grades[subject] = ORDINARY
    return grades


def as_consented(one: Activity, about: About | None, *, on: date) -> Activity:
    """Return an activity as far as the people concerned agreed to it. Raises ConsentMissingError.

    A list is of nobody in particular: what rests on consent opens one record at a time.
    """
    grades = consenting(one.code, about.subjects if about else (), on=on)
    if grades is None:
        return one
    if about is None or not grades or (about.kind != PERSON and set(about.subjects) - set(grades)):
        raise ConsentMissingError
    return replace(one, grade=min(one.grade, *grades.values()))


def _valid(row: Consent | None, one: Activity) -> Consent | None:
    return row if row and row.version == one.number else None
