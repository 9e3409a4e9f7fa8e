"""Forms of accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts.rules.phone import mobile_number
from linli.accounts.rules.refusals import BadPhoneError, WrongCodeError


class PhoneForm(forms.Form):
    """A mobile number, however it is typed."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        error_messages={"required": _("Enter your mobile number so that we can send you a code.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        """Return the 11 digits."""
        number = mobile_number(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(BadPhoneError.sentence)
        return number


class CodeForm(forms.Form):
    """The six digits of the message."""

    code = forms.RegexField(
        label=_("Code"),
        regex=r"^\s*[0-9]{6}\s*$",
        max_length=12,
        error_messages={
            "required": _("Enter the six digits from the message."),
            "invalid": WrongCodeError.sentence,
        },
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "pattern": "[0-9]*"}),
    )
