"""Decisions on what is asked of people, and impact assessments."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.trust.forms.inputs import day_input, words_input
from linli.trust.models import ExcessDecision, ImpactAssessment
from linli.trust.rules.ask_less import Question


class ExcessForm(forms.Form):
    """What is decided about one finding of the over-collection check."""

    asking = forms.CharField(max_length=120, widget=forms.HiddenInput)
    rule = forms.CharField(max_length=30, widget=forms.HiddenInput)
    element = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What follows"), choices=ExcessDecision.Outcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Why, in a sentence"), max_length=500, widget=words_input(),
        help_text=_("What is changed, or why it can't be done without."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Until this day"), widget=day_input(), help_text=_("Then it stands open again if it is still found.")
    )


class AssessmentForm(forms.Form):
    """An impact assessment: one field for each question of the county, the risk, measures and what follows."""

    risk = forms.ChoiceField(label=_("Risk for the people concerned"), choices=ImpactAssessment.Risk.choices)
    measures = forms.CharField(
        label=_("Measures that protect them"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Less data, shorter keeping, another way, who may look, what is encrypted."),
    )  # fmt: skip
    conclusion = forms.ChoiceField(
        label=_("What follows"), choices=ImpactAssessment.Conclusion.choices, widget=forms.RadioSelect
    )
    valid_until = forms.DateField(
        label=_("Holds until"),
        widget=day_input(),
        help_text=_("Earlier when something changes; then write the next version."),
    )

    def __init__(self, data: Any, *, questions: Mapping[str, Question], initial: Mapping[str, Any]) -> None:
        """Put the questions first."""
        super().__init__(data, initial=dict(initial))
        for code, one in questions.items():
            self.fields[f"answer-{code}"] = forms.CharField(
                label=one.name, help_text=one.basis, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
            )
        self.order_fields([f"answer-{code}" for code in questions])

    def said(self) -> dict[str, Any]:
        """Return what was written, as the action takes it."""
        said = {name: value for name, value in self.cleaned_data.items() if not name.startswith("answer-")}
        answers = {name.removeprefix("answer-"): value for name, value in self.cleaned_data.items() if name not in said}
        return {**said, "answers": answers}
