"""The forms of issuing: the terms of an application, a decision, the rules, a report without a name, its follow-up."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.sheets.actions.admission import Terms
from linli.sheets.forms import READABLE
from linli.sheets.models import Admission
from linli.sheets.rules import admission_states, demand_states
from linli.sheets.rules.issuing import FREQUENCIES, LEVELS, LIMITS, MOST_LEAST_DAYS, IssuingRules

REQUIRED = {"required": _("Fill this in.")}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LEAST = "least_"
MOST_BYTES = 20 << 20


class FileForm(forms.Form):
    """The form as the office has it: a table, or an XLSForm."""

    file = forms.FileField(
        label=_("The form as you have it"), widget=forms.FileInput(attrs={"accept": READABLE}),
        help_text=_("XLSX, XLS, ODS, DOCX or CSV, or an XLSForm of ODK or Kobo. Only its columns are read."),
        error_messages={"required": _("Choose a file.")},
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Return a file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB. Take pictures out of it and send it again."))
        return file


class TermsForm(forms.Form):
    """By which law, for what, of whom, how often, from when, within how many days, how many rows."""

    basis = forms.CharField(
        label=_("Legal basis"), max_length=300, error_messages=REQUIRED,
        help_text=_("The law or rule with its article; everybody can read it on the list."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What it is good for"), max_length=1000, error_messages=REQUIRED,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is decided by it that cannot be decided without."),
    )  # fmt: skip
    levels = forms.MultipleChoiceField(
        label=_("Who fills it in"), choices=list(LEVELS.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say who fills it in.")},
    )  # fmt: skip
    frequency = forms.ChoiceField(label=_("How often"), choices=list(FREQUENCIES.items()))
    first_on = forms.DateField(label=_("Sent out for the first time on"), widget=DAY, error_messages=REQUIRED)
    days = forms.IntegerField(
        label=_("Working days to answer"), min_value=1, max_value=366, error_messages=REQUIRED,
    )  # fmt: skip
    rows = forms.IntegerField(
        label=_("Rows in one round, all units together"), min_value=1, max_value=10_000_000, error_messages=REQUIRED
    )

    def terms(self) -> Terms:
        """Return what was filled in."""
        said = self.cleaned_data
        return Terms(**{**said, "levels": tuple(said["levels"])})


class DecisionForm(forms.Form):
    """A decision about an application: its words, and for a refusal the reason."""

    words = forms.CharField(
        label=_("What the office reads"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where less is admitted, or nothing."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Reason, if it is refused"), required=False,
        choices=[("", _("choose a reason")), *admission_states.REASONS.items()],
    )  # fmt: skip
    merge_with = forms.ModelChoiceField(
        label=_("To be merged with"), queryset=Admission.objects.none(), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, listed: Any = None, **kwargs: Any) -> None:
        """Offer the forms that are on the list."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["merge_with"]
        field.queryset = Admission.objects.none() if listed is None else listed
        field.label_from_instance = lambda one: f"{one.list_number} {one.title}"


class RulesForm(forms.Form):
    """The rules for issuing, and why they change."""

    def __init__(self, *args: Any, rules: IssuingRules, **kwargs: Any) -> None:
        """Show the rules that hold."""
        super().__init__(*args, **kwargs)
        for frequency, label in FREQUENCIES.items():
            self.fields[LEAST + frequency] = forms.IntegerField(
                label=str(label), min_value=1, max_value=MOST_LEAST_DAYS, initial=rules.least_days[frequency]
            )
        for name, (label, least, most) in LIMITS.items():
            self.fields[name] = forms.IntegerField(
                label=str(label), min_value=least, max_value=most, initial=getattr(rules, name)
            )
        self.fields["words"] = forms.CharField(label=_("Why"), max_length=300, error_messages=REQUIRED)

    def least(self) -> list[Any]:
        """Return the fields of the least days."""
        return [self[LEAST + frequency] for frequency in FREQUENCIES]

    def limits(self) -> list[Any]:
        """Return the other fields."""
        return [self[name] for name in LIMITS]

    def rules(self) -> IssuingRules:
        """Return what was filled in."""
        said = self.cleaned_data
        least = {frequency: said[LEAST + frequency] for frequency in FREQUENCIES}
        return IssuingRules(least_days=least, **{name: said[name] for name in LIMITS})


class ReportForm(forms.Form):
    """A form that is not on the list, as anybody reports it: no name, no number, no address."""

    title = forms.CharField(
        label=_("What is the form called?"),
        max_length=200,
        error_messages={"required": _("Say what the form is called.")},
    )
    issuer = forms.CharField(
        label=_("Which office wants it?"), max_length=100, error_messages={"required": _("Say which office wants it.")}
    )
    words = forms.CharField(
        label=_("What is asked, and by when?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name nobody, and nothing by which you would be known, such as your own village."),
    )  # fmt: skip

    division_id = forms.TypedChoiceField(label=_("In which county?"), coerce=int)

    def __init__(self, *args: Any, counties: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        """Offer the counties of this node; where there is one, it is not asked."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["division_id"]
        field.choices = counties
        if len(counties) == 1:
            field.widget, field.initial = forms.HiddenInput(), counties[0][0]


class ReceiptForm(forms.Form):
    """The code of a receipt."""

    code = forms.CharField(
        label=_("Code of your receipt"), max_length=40,
        error_messages={"required": _("Type the code of your receipt.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class AskForm(forms.Form):
    """Which office is asked about a report, and in which words."""

    unit = forms.TypedChoiceField(label=_("Which office is asked"), coerce=int, error_messages=REQUIRED)
    words = forms.CharField(
        label=_("What is asked"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        """Offer the offices of the area."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = [("", _("choose an office")), *units]


class CloseForm(forms.Form):
    """How a report ends: what came of it, with a reason, and the answer that the reporter reads."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("demand", "What came of it"), error_messages=REQUIRED,
        choices=[("", _("choose a reason")), *demand_states.outcomes()],
    )  # fmt: skip
    admission = forms.ModelChoiceField(
        label=_("Which form on the list"), queryset=Admission.objects.none(), required=False, empty_label=_("none")
    )
    words = forms.CharField(
        label=_("What the reporter reads"), max_length=1000, error_messages=REQUIRED,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, listed: Any = None, **kwargs: Any) -> None:
        """Offer the forms that are on the list."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["admission"]
        field.queryset = Admission.objects.none() if listed is None else listed
        field.label_from_instance = lambda one: f"{one.list_number} {one.title}"


class AnswerForm(forms.Form):
    """What an office answers that was asked about a report."""

    words = forms.CharField(
        label=_("Your answer to it"), max_length=1000, error_messages=REQUIRED,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who reported it reads this, and so does the office that follows it up."),
    )  # fmt: skip
