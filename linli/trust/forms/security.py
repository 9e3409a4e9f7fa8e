"""What the security administrator says of alerts and incidents, and the limits of the watch."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.trust.forms.inputs import words_input
from linli.trust.models import Incident
from linli.trust.rules.notice_terms import LONGEST, MOST_MINUTES, NoticeTerm, NoticeTerms, as_terms_content
from linli.trust.rules.watch_limits import LIMITS
from linli.trust.states import alerts as alert_states


class CloseAlertForm(forms.Form):
    """How an alert ended, and what was found."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"), choices=list(alert_states.OUTCOMES.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What was found, in a sentence or two"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LimitsForm(forms.Form):
    """Every limit of the security watch."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a field of each limit."""
        super().__init__(*args, **kwargs)
        for name, (label, low, high) in LIMITS.items():
            self.fields[name] = forms.IntegerField(label=label, min_value=low, max_value=high)


class NoticeTermsForm(forms.Form):
    """Who is told of incidents by when: term, addressee and basis of each duty, and whether somebody compared it."""

    begins_on = forms.DateField(
        label=_("Counts from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Incidents that are open keep the duties they have until they are written anew."),
    )  # fmt: skip

    def __init__(self, *args: Any, terms: NoticeTerms, **kwargs: Any) -> None:
        """Offer the terms in force."""
        super().__init__(*args, **kwargs)
        self.terms = terms
        for one in terms.duties:
            self.fields[f"{one.code}_to"] = forms.CharField(label=_("Addressee"), max_length=LONGEST, initial=one.to)
            self.fields[f"{one.code}_basis"] = forms.CharField(
                label=_("On what basis"), max_length=LONGEST, initial=one.basis
            )
            self.fields[f"{one.code}_minutes"] = forms.IntegerField(
                label=_("Within how many minutes"), min_value=1, max_value=MOST_MINUTES, initial=one.minutes
            )
            self.fields[f"{one.code}_checked"] = forms.BooleanField(
                label=_("Compared with the official text"), required=False, initial=not one.is_sample
            )

    @property
    def duties(self) -> list[tuple[NoticeTerm, list[forms.BoundField]]]:
        """Return each duty with its fields, for the page."""
        parts = ("to", "basis", "minutes", "checked")
        return [(one, [self[f"{one.code}_{part}"] for part in parts]) for one in self.terms.duties]

    @property
    def content(self) -> dict[str, Any]:
        """Return the terms as they were entered."""
        said = self.cleaned_data
        duties = [
            replace(one, to=said[f"{one.code}_to"], basis=said[f"{one.code}_basis"],
                    minutes=said[f"{one.code}_minutes"], is_sample=not said[f"{one.code}_checked"])
            for one in self.terms.duties
        ]  # fmt: skip
        return as_terms_content(replace(self.terms, duties=duties))


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class IncidentForm(forms.Form):
    """What is known of an incident by now: what PIPL art. 57 asks for, and what decides who must be told."""

    title = forms.CharField(label=_("What happened, in a line"), max_length=120)
    category = forms.ChoiceField(label=_("Category of the incident"))
    grade = forms.TypedChoiceField(label=_("Grade of the incident"), coerce=int)
    operator = forms.ChoiceField(label=_("Which kind of operator are you?"))
    known_at = forms.DateTimeField(
        label=_("Known since"), widget=_moment(), help_text=_("The clocks of law begin here.")
    )
    happened_at = forms.DateTimeField(label=_("Happened at"), widget=_moment(), required=False)
    about_people = forms.BooleanField(label=_("Data about people leaked, were changed or lost"), required=False)
    public_harm = forms.BooleanField(label=_("National security or the public interest may be harmed"), required=False)
    what = forms.CharField(
        label=_("What happened"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("No names and no numbers of people: this goes into reports."),
    )  # fmt: skip
    data_kinds = forms.CharField(label=_("Which data"), max_length=2000, required=False, widget=words_input())
    people = forms.IntegerField(label=_("How many people"), min_value=0, max_value=2_000_000_000, required=False)
    causes = forms.CharField(label=_("Why it happened"), max_length=2000, required=False, widget=words_input())
    harm = forms.CharField(label=_("What harm may come of it"), max_length=2000, required=False, widget=words_input())
    measures = forms.CharField(label=_("What was done about it"), max_length=4000, required=False, widget=words_input())
    advice = forms.CharField(
        label=_("What the people concerned can do themselves"), max_length=2000, required=False, widget=words_input()
    )

    def __init__(self, *args: Any, terms: NoticeTerms, row: Incident | None = None, **kwargs: Any) -> None:
        """Offer categories, grades and operators of the terms in force; fill in what stands on record."""
        if row is not None:
            kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["category"].choices = list(terms.categories.items())
        fields["grade"].choices = sorted(terms.grades.items())
        fields["operator"].choices = list(terms.operators.items())


class SettleForm(forms.Form):
    """How somebody was told, or why they need not be."""

    was_needed = forms.TypedChoiceField(
        label=_("Was told?"), coerce=lambda value: value == "yes", choices=[("yes", _("told")), ("no", _("not needed"))]
    )
    proof = forms.CharField(
        label=_("Proof"),
        max_length=200,
        required=False,
        help_text=_("Number of the letter, receipt, time of the call."),
    )
    words = forms.CharField(label=_("Words, or the reason why not"), max_length=1000, required=False)


class NoticeForm(forms.Form):
    """The notice to the people concerned, or the reason why there is none."""

    notice = forms.ChoiceField(
        label=_("Are the people concerned told?"), widget=forms.RadioSelect,
        choices=[("sent", _("They were told with these words")), ("not_needed", _("They need not be told, because"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("The words of the notice, or the reason"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )


class MoveForm(forms.Form):
    """What is said with the next step of an incident."""

    words = forms.CharField(
        label=_("In your words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With the last step: what was learned, what is changed so that it does not happen again."),
    )  # fmt: skip
