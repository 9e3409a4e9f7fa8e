"""The forms of the standards: the same cells as in a manual, a file, a draft's name, and from when a version holds."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.events import api as events
from linli.site.rules.manual_words import HINTS, MATTER_LABELS, RULE_LABELS

LONG = {"opening_words", "closing_words", "note", "description", "templates", "evidence", "keywords"}
REQUIRED = {"required": _("Please fill this in.")}


class CellsForm(forms.Form):
    """Cells of a manual, one field for each."""

    labels: Mapping[str, Any] = {}
    named: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a field for each cell; units can be picked from the list of their names."""
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            area = forms.Textarea(attrs={"rows": 3}) if name in LONG else forms.TextInput()
            if name in {"lead", "fallback", "target"} or name.startswith("lead_"):
                area.attrs["list"] = "units"
            self.fields[name] = forms.CharField(
                label=label, required=name in self.named, widget=area, max_length=8000,
                help_text=HINTS.get(name, ""), error_messages=REQUIRED, strip=True,
            )  # fmt: skip

    def cells(self) -> dict[str, str]:
        """Return what was typed in, with lines as the sheet has them."""
        return {name: value.replace("\r\n", "\n") for name, value in self.cleaned_data.items()}

    def mark(self, refused: events.CellsRefusedError) -> None:
        """Say beside each cell what is wrong with it."""
        for name, sentence in refused.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class MatterForm(CellsForm):
    """One matter of a draft."""

    labels, named = MATTER_LABELS, frozenset({"code", "class1", "lead", "limit"})


class RuleForm(CellsForm):
    """One dispatch rule of a draft."""

    labels, named = RULE_LABELS, frozenset({"name", "target"})
    place = forms.IntegerField(label=_("Asked as number"), required=False, min_value=1, max_value=999)

    def cells(self) -> dict[str, str]:
        """Return the cells without the place."""
        return {name: self.cleaned_data[name].replace("\r\n", "\n") for name in RULE_LABELS}


class ManualForm(forms.Form):
    """A manual to take in."""

    file = forms.FileField(label=_("Manual (XLSX)"), error_messages=REQUIRED)


class DraftForm(forms.Form):
    """A draft begun from the version in force."""

    name = forms.CharField(label=_("Name of the draft"), max_length=200, error_messages=REQUIRED)


class EnforceForm(forms.Form):
    """From when a version holds; empty means at once."""

    begins_at = forms.DateTimeField(
        label=_("Holds from"), required=False, help_text=_("Leave it empty to let it hold at once."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )  # fmt: skip
    words = forms.CharField(label=_("Why"), required=False, max_length=300)
