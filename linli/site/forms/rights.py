"""The forms of the rights of the person: what somebody asks, what an officer answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.trust import api as trust


class RightForm(forms.Form):
    """What somebody wants done with their data."""

    kind = forms.ChoiceField(label=_("What you want"), choices=trust.RightKind.choices)
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("For example: my address is wrong, it is …"),
    )  # fmt: skip
    entry_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """Whether somebody wants what a machine decided in writing, or a person to decide anew."""

    kind = forms.ChoiceField(choices=[("explain", ""), ("object", "")])
    words = forms.CharField(
        label=_("Why it seems wrong to you"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What an officer does with a request."""

    step = forms.ChoiceField(choices=[("take", ""), ("grant", ""), ("refuse", ""), ("pass_up", "")])
    answer = forms.CharField(label=_("What the person reads"), required=False, max_length=2000,
                             widget=forms.Textarea({"rows": 2}))  # fmt: skip
    basis = forms.CharField(label=_("Law by which it is refused"), required=False, max_length=300)
