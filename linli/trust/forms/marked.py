"""The form of the list of people at whom each look is reviewed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MarkForm(forms.Form):
    """Who is put on the list, and why."""

    number = forms.CharField(
        label=_("Identity card number of the person"), help_text=_("It is used to find them and is not kept."),
        max_length=30, widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    words = forms.CharField(label=_("Why each look is reviewed"), max_length=200)
