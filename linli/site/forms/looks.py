"""What a resident may ask of the page that says who looked at their data."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PeriodForm(forms.Form):
    """From which day to which. Both may stay empty."""

    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To the day"), required=False, widget=forms.DateInput({"type": "date"}))
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)


class AskForm(forms.Form):
    """A question or an objection, with or without words."""

    kind = forms.ChoiceField(choices=[("question", _("question")), ("objection", _("objection"))])
    words = forms.CharField(label=_("What you want to say (may stay empty)"), max_length=1000, required=False)
