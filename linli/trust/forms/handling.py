"""What a grade does."""

from dataclasses import asdict

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.grades import GRADE_WORDS
from linli.trust.rules.handling import (
    APPROVALS,
    MOST_MONTHS,
    MOST_PEOPLE,
    MOST_ROWS,
    MOST_TIMES,
    SIGHT_WORDS,
    Handling,
)


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
    approval = forms.ChoiceField(label=_("Who approves an export"), choices=list(APPROVALS.items()))
    answer_days = forms.IntegerField(label=_("Working days until it is decided"), min_value=1, max_value=MOST_TIMES)
    open_days = forms.IntegerField(label=_("Days in which it is fetched"), min_value=1, max_value=MOST_TIMES)
    fetches = forms.IntegerField(label=_("How often it is fetched"), min_value=1, max_value=MOST_TIMES)
    retention_months = forms.IntegerField(
        label=_("Copies and traces of exports are deleted after so many months"), min_value=1, max_value=MOST_MONTHS,
        required=False, help_text=_("Empty: never. The base follows the rules of its elements; the ledger stays."),
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
