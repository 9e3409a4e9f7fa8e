"""The forms of the resident pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.events import api as events
from linli.site.forms.photos import PhotosField
from linli.site.queries.places import PlaceChoice, place_choices


class WhatForm(forms.Form):
    """Step 1: what happened."""

    text = forms.CharField(
        label=_("Tell us what is wrong"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("There is no text yet; a sentence on what happened is enough."),
            "max_length": _("The text is longer than 4,000 characters; please keep what matters most."),
        },
    )
    photos = PhotosField(label=_("Photos"), required=False)

    def clean_text(self) -> str:
        """Return the text when it says enough to act on."""
        text = str(self.cleaned_data["text"])
        _ask(events.ReportDraft(text=text), "text")
        return text


class WhereForm(forms.Form):
    """Step 2: where it is. One of the three ways is enough, and none at all is taken too."""

    address = forms.CharField(
        label=_("Address or landmark"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"max_length": _("The address is longer than 200 characters; please shorten it.")},
    )
    division = forms.TypedChoiceField(
        label=_("Community"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("This community is not on the list any more; please choose again.")},
    )
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Fill the list of communities."""
        super().__init__(*args, **options)
        self.fields["division"].choices = [("", _("Please choose")), *map(_group, place_choices())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a text with less than a place in it only when nothing else tells where."""
        data = super().clean() or {}
        if not (data.get("address") or data.get("division") or data.get("lng") is not None) and not self.errors:
            self.add_error("address", _("We don't know where to go yet; write a landmark or choose a community."))
        return data


class WhoForm(forms.Form):
    """Step 3: how to reach the person; both may stay empty."""

    phone = forms.CharField(
        label=_("Mobile number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    tell = forms.BooleanField(label=_("Send me the number by text message"), required=False)
    name = forms.CharField(
        label=_("What shall we call you?"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_phone(self) -> str:
        """Return the number when it is whole."""
        phone = str(self.cleaned_data["phone"])
        _ask(events.ReportDraft(text="." * 4, reporter_phone=phone), "reporter_phone")
        return phone


class NumberForm(forms.Form):
    """The number on the receipt."""

    number = forms.CharField(
        label=_("Number of the report"),
        max_length=60,
        error_messages={"required": _("Enter the number that stands on your receipt.")},
    )


class AddForm(forms.Form):
    """More about a report."""

    words = forms.CharField(
        label=_("What else should we know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("There is no text yet; a sentence is enough.")},
    )


class RateForm(forms.Form):
    """The two questions at the end."""

    solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=[("yes", _("Yes, solved")), ("no", _("No, not yet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please tell us whether it is solved.")},
    )
    satisfied = forms.TypedChoiceField(
        label=_("Are you satisfied with how it was handled?"),
        coerce=int,
        choices=[(5, _("Satisfied")), (3, _("It will do")), (1, _("Not satisfied"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please tell us how satisfied you are.")},
    )
    words = forms.CharField(
        label=_("Anything to add?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


def _ask(draft: events.ReportDraft, field: str) -> None:
    try:
        events.check_draft(draft)
    except events.DraftRefusedError as refused:
        if field in refused.fields:
            raise forms.ValidationError(str(refused.fields[field])) from refused


def _group(street: PlaceChoice) -> tuple[str, list[tuple[int, str]]]:
    own = (street.division_id, _("%(street)s, not sure which community") % {"street": street.name})
    return street.name, [own, *((below.division_id, below.name) for below in street.below)]
