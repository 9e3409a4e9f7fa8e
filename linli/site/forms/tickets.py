"""The forms of a hotline ticket: returning it, and answering the platform."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.events import api as events


class ReturnForm(forms.Form):
    """Why the ticket goes back."""

    reason = forms.ChoiceField(label=_("Reason"), choices=list(events.RETURN_REASONS.items()))
    words = forms.CharField(label=_("In words"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ReplyForm(forms.Form):
    """What the platform reads."""

    words = forms.CharField(label=_("Reply"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
