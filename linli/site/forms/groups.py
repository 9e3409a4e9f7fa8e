"""The forms of groups: link, merge, part of, take out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.events import api as events
from linli.site.forms.desk import REQUIRED, WordsForm

SHOWN = _("Whoever reported this event reads these words. Write nothing about other people in them.")
KINDS = [(kind.value, kind.label) for kind in (events.Link.Kind.SAME, events.Link.Kind.RELATED)]


class _WithNumber(forms.Form):
    """The number of the other event, and why."""

    number = forms.CharField(label=_("Number of the other event"), max_length=60, error_messages=REQUIRED)
    words = forms.CharField(
        label=_("In a sentence or two"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class LinkForm(_WithNumber):
    """Which event, and how the two belong together."""

    kind = forms.ChoiceField(label=_("How they belong together"), choices=KINDS)
    field_order = ("number", "kind", "words")


class MergeForm(_WithNumber):
    """Into which event."""

    words = forms.CharField(
        label=_("In a sentence or two"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=SHOWN,
    )  # fmt: skip


class SplitForm(WordsForm):
    """Why it is taken out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say who reads the words."""
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = SHOWN


class ChildForm(_WithNumber):
    """Which event is a part of this one, and what happens to it at the end."""

    policy = forms.ChoiceField(label=_("When this event ends"), choices=events.Link.Policy.choices)
    field_order = ("number", "policy", "words")


class UnlinkForm(forms.Form):
    """Which link ends."""

    link_id = forms.UUIDField(widget=forms.HiddenInput)
