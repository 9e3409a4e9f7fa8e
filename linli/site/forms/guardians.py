"""The forms of the counter at which an officer confirms who is guardian of whom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry
from linli.site.forms.desk import REQUIRED

BY_HAND = [one for one in registry.GuardianshipEnd.Reason.choices if one[0] != registry.GuardianshipEnd.Reason.AGE]


class GuardianForm(forms.Form):
    """Who is guardian, by which document, until when."""

    number = forms.CharField(
        label=_("Number of the guardian's identity card, or the mobile number they were confirmed with"),
        help_text=_("It is used to find them and is not kept."), max_length=30, error_messages=REQUIRED,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    paper = forms.ChoiceField(label=_("Document you saw"), choices=registry.Guardianship.Paper.choices)
    last_day = forms.DateField(
        label=_("Last day named in the document (may stay empty)"), required=False,
        widget=forms.DateInput({"type": "date"}),
    )  # fmt: skip


class EndForm(forms.Form):
    """Which one ends, and why."""

    guardianship_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Why it ends"), choices=BY_HAND)
