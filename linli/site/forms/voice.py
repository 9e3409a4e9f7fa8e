"""The form of a public answer: what was asked and what is answered, as everybody will read it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.site.forms.desk import REQUIRED

HINT = _(
    "Phone, identity, card and plate numbers are taken out. Names and door numbers are not: please do that yourself."
)


class PublishForm(forms.Form):
    """Question, what was asked, and the answer."""

    question = forms.CharField(label=_("Question as the heading"), max_length=120, error_messages=REQUIRED)
    asked = forms.CharField(
        label=_("What was asked"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer = forms.CharField(
        label=_("Answer for everybody"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=HINT, error_messages=REQUIRED,
    )  # fmt: skip
