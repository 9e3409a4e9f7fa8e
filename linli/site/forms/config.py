"""The form that takes a configuration file, and keeps its text until it is confirmed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfigForm(forms.Form):
    """A file, or the text of one that was looked at already."""

    file = forms.FileField(label=_("Configuration file (YAML)"), required=False)
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean(self) -> dict[str, Any]:
        """Return the text of the file."""
        said = super().clean() or self.cleaned_data
        if said.get("file"):
            try:
                said["text"] = said["file"].read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("This is no text in UTF-8; save the file so and choose it again."))
        elif not said.get("text"):
            self.add_error("file", _("Choose a file first."))
        return said
