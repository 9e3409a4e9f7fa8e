"""The forms of the desks: for the acts on an event, a report taken by phone, and a hotline file."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.photos import PhotosField

REQUIRED = {"required": _("Please fill this in.")}


class LongSelect(forms.Select):
    """A choice out of hundreds: written in one go, since a template for each option would cost more than the page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002  Django's signature
        """Write the element."""
        chosen = "" if value is None else str(value)
        rows = ((key, " selected" if str(key) == chosen else "", label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs({"name": name, **self.attrs}, attrs)), options
        )


def _words(label: Any, *, required: bool = True, rows: int = 3, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, widget=area, max_length=4000, help_text=hint, error_messages=REQUIRED
    )


class WordsForm(forms.Form):
    """Words that say what happened or why."""

    words = _words(_("In a sentence or two"))


class NoteForm(forms.Form):
    """A note for colleagues, or for the reporter."""

    words = _words(_("Note"))
    public = forms.BooleanField(label=_("The reporter reads this too"), required=False)


class ResultForm(forms.Form):
    """The result: what the reporter reads, what stays with colleagues, and photos where they help."""

    answer = _words(_("Answer to the reporter"), hint=_("Short and plain: what was done, and what comes next."))
    inside = _words(_("For colleagues only"), required=False, rows=2)
    photos = PhotosField(label=_("Photos of the result"), required=False, help_text=_("Only where they help."))


class CloseForm(forms.Form):
    """Why the event ends, and what the reporter reads."""

    reason = forms.ChoiceField(label=_("Closed because"), choices=events.Event.CloseReason.choices)
    answer = _words(_("Answer to the reporter"), required=False)


class RejectForm(forms.Form):
    """Why an event is not taken up, and what the reporter reads."""

    reason = forms.ChoiceField(label=_("Not taken up because"), choices=events.Event.CloseReason.choices)
    words = _words(_("Answer to the reporter"))


class DispatchForm(forms.Form):
    """The matter, one of the candidates or another, and the unit where a person decides against the duty list."""

    chosen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    matter_code = forms.ChoiceField(label=_("Another matter"), required=False, widget=LongSelect)
    unit_id = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None, widget=LongSelect)
    words = _words(_("Words to the unit"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the matters in force and all units."""
        super().__init__(*args, **kwargs)
        units = [(unit.id, unit.name) for unit in accounts.units()]
        self.fields["matter_code"].choices = _matters(_("choose a matter"))  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [("", _("as the duty list says")), *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return matter, unit and words; another matter goes before the candidate."""
        said = super().clean() or self.cleaned_data
        candidate, _at, unit = said.pop("chosen", "").partition("@")
        if unit.isdecimal() and not said.get("matter_code") and not said.get("unit_id"):
            said["unit_id"] = int(unit)
        said["matter_code"] = said.get("matter_code") or candidate
        if not said["matter_code"] and not self.errors:
            self.add_error("matter_code", _("Choose one of the proposals or another matter."))
        return said


class EntryForm(forms.Form):
    """A report that a person takes down at the desk or on the phone."""

    text = _words(_("What happened"), rows=6)
    address = forms.CharField(
        label=_("Where"), required=False, max_length=200, help_text=_("Road and number, or what stands nearby.")
    )
    reporter_name = forms.CharField(label=_("Name of the reporter"), required=False, max_length=60)
    reporter_phone = forms.CharField(label=_("Phone of the reporter"), required=False, max_length=30)
    matter_code = forms.ChoiceField(label=_("Matter"), required=False, widget=LongSelect)
    photos = PhotosField(label=_("Photos"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the matters in force."""
        super().__init__(*args, **kwargs)
        self.fields["matter_code"].choices = _matters(_("as recognised from the text"))  # type: ignore[attr-defined]


class TicketFileForm(forms.Form):
    """A hotline file."""

    file = forms.FileField(label=_("File (CSV or XLSX)"), error_messages=REQUIRED)


def _matters(empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *((duty.code, f"{duty.code} {duty.name}") for duty in events.matters_in_force())]
