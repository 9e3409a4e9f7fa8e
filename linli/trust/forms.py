"""What the auditor may ask of the ledger, and what a grade is decided to do."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.grades import GRADE_WORDS
from linli.trust.rules.handling import MOST_MONTHS, MOST_PEOPLE, MOST_ROWS, SIGHT_WORDS, Handling
from linli.trust.rules.leaf import first_id_at


class LedgerFilter(forms.Form):
    """Who, what, about what, from when to when. Every field may stay empty."""

    person = forms.UUIDField(label=_("Account"), required=False)
    action = forms.CharField(label=_("Action"), required=False, max_length=40)
    object = forms.CharField(label=_("Object number"), required=False, max_length=100)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To the day"), required=False, widget=forms.DateInput({"type": "date"}))

    def condition(self) -> Q:
        """Return the filter as a condition on entries. Days are turned into ids: ids sort by time and are indexed."""
        given = self.cleaned_data
        condition = Q()
        for field, column in (("person", "person_id"), ("action", "action"), ("object", "object_id")):
            if given.get(field):
                condition &= Q(**{column: given[field]})
        if given.get("since"):
            condition &= Q(pk__gte=first_id_at(_midnight(given["since"])))
        if given.get("until"):
            condition &= Q(pk__lt=first_id_at(_midnight(given["until"] + timedelta(days=1))))
        return condition


class HandlingForm(forms.Form):
    """What one grade does from now on."""

    sight = forms.ChoiceField(label=_("Who reads a value plainly"), choices=list(SIGHT_WORDS.items()))
    masked = forms.BooleanField(
        label=_("Others see it behind its mask"), required=False, help_text=_("Otherwise they see nothing of it.")
    )
    sealed = forms.BooleanField(
        label=_("Encrypted at rest"), required=False,
        help_text=_("What is kept already is written anew in the background; the pages go on working."),
    )  # fmt: skip
    watermark = forms.BooleanField(label=_("Exported files name who took them"), required=False)
    approve_from = forms.IntegerField(
        label=_("An export needs a second person from so many rows on"), min_value=1, max_value=MOST_ROWS,
        required=False, help_text=_("Empty: never."),
    )  # fmt: skip
    retention_months = forms.IntegerField(
        label=_("Reviewed after so many months"), min_value=1, max_value=MOST_MONTHS, required=False,
        help_text=_("Empty: the rule of the element holds."),
    )  # fmt: skip
    raise_from = forms.IntegerField(
        label=_("A set about so many people counts as a higher grade"), min_value=1, max_value=MOST_PEOPLE,
        required=False, help_text=_("Empty: never. Ask the data office of the county."),
    )  # fmt: skip
    raise_to = forms.TypedChoiceField(
        label=_("That grade"), coerce=int, empty_value=None, required=False,
        choices=[("", _("none")), *GRADE_WORDS.items()],
    )  # fmt: skip
    basis = forms.CharField(label=_("Legal or policy basis"), max_length=200, required=False)
    words = forms.CharField(
        label=_("Why it is decided"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why this is decided.")},
    )  # fmt: skip

    @classmethod
    def of(cls, line: Handling) -> "HandlingForm":
        """Return the form filled with what holds."""
        return cls(initial=asdict(line))

    def line(self, grade: int) -> Handling:
        """Return what was filled in."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "words"}
        return Handling(grade=grade, **said)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
