"""The forms of place names: write one down, end one, withdraw one, take in a table."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.regions import api as regions
from linli.site.forms.desk import REQUIRED

OFFICIAL = "official"
KINDS = {
    "former": _("former name"), "alias": _("another name"), "colloquial": _("popular name"), "short": _("short name"),
}  # fmt: skip


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=REQUIRED, **more)


class NameForm(forms.Form):
    """A name of a place: its kind, how long it held, and who says so."""

    name = forms.CharField(label=_("Name"), max_length=100, error_messages=REQUIRED)
    kind = forms.ChoiceField(label=_("Kind of name"), choices=list(KINDS.items()))
    valid_from = _day(_("Borne from"), required=False)
    valid_to = _day(_("Borne until"), required=False)
    source = forms.CharField(label=_("According to"), max_length=200, required=False)
    everywhere = forms.BooleanField(
        label=_("In every community of the area through which the road runs"), required=False, initial=True
    )

    def __init__(self, *args: Any, renames: bool, is_road: bool, **options: Any) -> None:
        """Offer an official name to an address, and every community to a road."""
        super().__init__(*args, **options)
        if renames:
            self.fields["kind"].choices = [*KINDS.items(), (OFFICIAL, _("official name from now on"))]  # type: ignore[attr-defined]
        if not is_road:
            del self.fields["everywhere"]

    def draft(self) -> regions.NameDraft:
        """Return what was filled in."""
        said = self.cleaned_data
        return regions.NameDraft(said["kind"], said["name"], said["valid_from"], said["valid_to"], said["source"])


class EndForm(forms.Form):
    """From which day on a name is not borne any more."""

    name_id = forms.IntegerField(widget=forms.HiddenInput)
    day = _day(_("Borne until"))


class WithdrawForm(forms.Form):
    """Why a name is withdrawn."""

    name_id = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why"), max_length=200, error_messages=REQUIRED)


class TableForm(forms.Form):
    """A table of names."""

    file = forms.FileField(label=_("CSV or XLSX file"), error_messages=REQUIRED)
