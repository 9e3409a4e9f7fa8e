"""The forms of the counter at which somebody shows who they are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry
from linli.site.forms.desk import REQUIRED


class BindForm(forms.Form):
    """The number with which the person signs in, and the document that was seen."""

    phone = forms.CharField(
        label=_("Mobile number with which the person signs in"), max_length=20, error_messages=REQUIRED,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    paper = forms.ChoiceField(label=_("Document you saw"), choices=registry.Binding.Paper.choices)


class UnbindForm(forms.Form):
    """Why it ends."""

    reason = forms.ChoiceField(label=_("Why it ends"), choices=registry.Binding.Reason.choices)
