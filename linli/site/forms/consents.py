"""The forms of consents: one button each, and the paper at the counter."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConsentForm(forms.Form):
    """What somebody agrees to or withdraws: the activity, the version that was read, and whether sensitive data."""

    deed = forms.ChoiceField(choices=[("give", ""), ("separate", ""), ("withdraw", "")])
    code = forms.CharField(max_length=60)
    version = forms.IntegerField(min_value=0, required=False)
    signer = forms.UUIDField(required=False)
    paper = forms.CharField(label=_("Signed paper: its kind and number"), max_length=200, required=False)
