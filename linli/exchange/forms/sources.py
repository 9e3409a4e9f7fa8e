"""The forms of data sources: a data set, a connection, a file."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.exchange.models import Connection, Dataset
from linli.exchange.rules.catalogue import CYCLES, OPEN, SHARING
from linli.exchange.slots import Connector, Setting
from linli.registry import api as registry

CODE = re.compile(r"[a-z][a-z0-9_-]{1,39}")
MOST = 100 * 1024 * 1024


class DatasetForm(forms.Form):
    """An entry of the catalogue, and how it is read."""

    code = forms.CharField(
        label=_("Code in the catalogue"),
        max_length=40,
        help_text=_("Small letters and digits, such as minzheng-dibao."),
    )
    name = forms.CharField(label=_("Name"), max_length=100)
    provider = forms.CharField(
        label=_("Provided by"), max_length=100, help_text=_("The unit, such as the civil affairs bureau of the county.")
    )
    department = forms.CharField(
        label=_("Owner of the data elements"),
        max_length=60,
        help_text=_("As owners of data elements are named in the dictionary."),
    )
    kind = forms.ChoiceField(label=_("About"), choices=[(kind.code, kind.label) for kind in registry.KINDS.values()])
    abstract = forms.CharField(label=_("Abstract"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    category = forms.CharField(label=_("Catalogue code"), max_length=40, required=False)
    sharing = forms.ChoiceField(label=_("Sharing"), choices=list(SHARING.items()), initial="conditional")
    condition = forms.CharField(
        label=_("Condition or legal basis"),
        required=False,
        help_text=_("Needed unless it is shared without condition."),
    )
    openness = forms.ChoiceField(label=_("Openness"), choices=list(OPEN.items()), initial="no")
    cycle = forms.ChoiceField(label=_("Update cycle"), choices=list(CYCLES.items()), initial="monthly")
    connection = forms.ChoiceField(label=_("Connection"), required=False)
    resource = forms.CharField(
        label=_("What is read"),
        max_length=500,
        required=False,
        help_text=_("A table, a path, or the beginning of file names."),
    )
    cursor_column = forms.CharField(
        label=_("Column that grows"),
        max_length=100,
        required=False,
        help_text=_("Such as update_time; then only what is new is read."),
    )
    overlap = forms.IntegerField(
        label=_("Overlap"),
        min_value=0,
        initial=0,
        required=False,
        help_text=_("Seconds, or steps of a number, read again each time."),
    )
    every_minutes = forms.IntegerField(label=_("Asked every … minutes"), min_value=1, required=False)

    def __init__(
        self, *args: Any, connections: Mapping[str, str], dataset: Dataset | None = None, **options: Any
    ) -> None:
        """Offer the connections; the code of a data set that is there stays."""
        super().__init__(*args, **options)
        self.fields["connection"].choices = [("", _("none: files are uploaded by hand")), *connections.items()]  # type: ignore[attr-defined]
        if dataset is not None:
            del self.fields["code"]

    def clean_code(self) -> str:
        """Return a code that nobody has."""
        code = str(self.cleaned_data["code"])
        if not CODE.fullmatch(code):
            raise forms.ValidationError(_("Begin with a small letter; then letters, digits and hyphens."))
        if Dataset.objects.filter(pk=code).exists():
            raise forms.ValidationError(_("There is a data set with this code."))
        return code

    def clean_overlap(self) -> int:
        """Return none where nothing is typed."""
        return self.cleaned_data["overlap"] or 0

    def clean(self) -> dict[str, Any]:
        """Ask for the condition where sharing needs one."""
        said = super().clean() or {}
        if said.get("sharing") != "unconditional" and not str(said.get("condition", "")).strip():
            self.add_error("condition", _("Say on which condition it is shared, or on which legal basis it is not."))
        return said


class ConnectionForm(forms.Form):
    """A connection with the settings of its connector."""

    code = forms.CharField(label=_("Code in the catalogue"), max_length=40, help_text=_("Small letters and digits."))
    name = forms.CharField(label=_("Name"), max_length=100)

    def __init__(self, *args: Any, connector: Connector, known: Connection | None = None, **options: Any) -> None:
        """Add a field for each setting; secrets that are kept are not shown and may stay empty."""
        super().__init__(*args, **options)
        if known is not None:
            del self.fields["code"]
        for setting in connector.settings:
            self.fields[setting.code] = _field(setting, is_kept=known is not None)

    def clean_code(self) -> str:
        """Return a code that nobody has."""
        code = str(self.cleaned_data["code"])
        if not CODE.fullmatch(code) or Connection.objects.filter(pk=code).exists():
            raise forms.ValidationError(_("Begin with a small letter, and take a code that is free."))
        return code

    def values(self) -> dict[str, str]:
        """Return the settings as texts."""
        return {name: str(value or "") for name, value in self.cleaned_data.items() if name not in {"code", "name"}}


class UploadForm(forms.Form):
    """A file for a data set."""

    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX; nothing is taken before you have looked at it."))

    def clean_file(self) -> Any:
        """Return a file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise forms.ValidationError(_("This file is larger than 100 MB; use the command linli base."))
        return file


def _field(setting: Setting, *, is_kept: bool) -> forms.Field:
    hint = _("Kept and not shown; type it only to change it.") if setting.is_secret and is_kept else setting.hint
    needed = setting.is_needed and not (setting.is_secret and is_kept)
    told: dict[str, Any] = {"label": setting.label, "help_text": hint, "required": needed, "initial": setting.initial}
    if setting.type == "choice":
        return forms.ChoiceField(choices=list(setting.choices), **told)
    if setting.type == "number":
        return forms.IntegerField(min_value=1, **told)
    if setting.type == "long":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}), **told)
    if setting.is_secret:
        return forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "off"}), **told)
    return forms.CharField(**told)
