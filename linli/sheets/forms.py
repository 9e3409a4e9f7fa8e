"""The forms of sheets: a file that was sent down, which rows it means, words of a check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 20 << 20
READABLE = ".xlsx,.xls,.ods,.docx,.csv,.tsv,.txt"


class BringForm(forms.Form):
    """A file as it was sent down, who sent it, by when it is wanted back."""

    file = forms.FileField(
        label=_("The form that was sent down"),
        help_text=_("XLSX, XLS, ODS, DOCX or CSV, as it came. It is kept sealed and comes back in its own layout."),
        widget=forms.FileInput(attrs={"accept": READABLE}),
        error_messages={"required": _("Choose the file that was sent down.")},
    )
    issuer = forms.CharField(label=_("Who sent it"), required=False, max_length=100)
    basis = forms.CharField(label=_("On what basis"), required=False, max_length=300)
    due = forms.DateField(
        label=_("Wanted back by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_file(self) -> Any:
        """Return a file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB. Take pictures out of it and send it again."))
        return file


class WordsForm(forms.Form):
    """What is wrong with a form that is sent back."""

    words = forms.CharField(label=_("What is wrong"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
