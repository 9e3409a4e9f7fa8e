"""The forms with the numbers of a policy or the texts of messages, and the day from which a version holds."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.events import api as events
from linli.site.rules.policies import TEXTS, numbers_of, with_numbers


class PolicyForm(forms.Form):
    """One field for each number of a policy, and why it is changed."""

    def __init__(self, kind: str, content: Mapping[str, Any], data: Any = None) -> None:
        """Make the fields of this kind of policy."""
        super().__init__(data, prefix=kind)
        for number in numbers_of(kind, content):
            self.fields[number.path] = forms.FloatField(
                label=number.label, initial=number.value, min_value=0, max_value=10_000,
                widget=forms.NumberInput(attrs={"step": "any"}),
            )  # fmt: skip
        self.fields["words"] = forms.CharField(label=_("Why it is changed"), max_length=300)

    def content(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Return the policy with the numbers of the form."""
        numbers = {path: value for path, value in self.cleaned_data.items() if path != "words"}
        return with_numbers(held, numbers)


class TextsForm(forms.Form):
    """One field for the text of each kind of message, and why it is changed."""

    def __init__(self, kind: str, content: Mapping[str, Any], data: Any = None) -> None:
        """Make the fields; a kind that the version says nothing about is left empty and keeps the text that ships."""
        super().__init__(data, prefix=kind)
        for code, label in events.text_labels().items():
            self.fields[code] = forms.CharField(
                label=label, initial=content.get(code, ""), required=code in content, max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Places: %(places)s") % {"places": events.text_places(code)},
            )  # fmt: skip
        only_looks = "look" in (data or {})
        self.fields["words"] = forms.CharField(label=_("Why it is changed"), max_length=300, required=not only_looks)

    def clean(self) -> None:
        """Say at each field what is wrong with its text."""
        super().clean()
        for code, text in self._texts().items():
            for problem in events.problems_of_text(code, text):
                self.add_error(code, problem)

    def content(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Return the policy with the texts of the form."""
        return {**held, **self._texts()}

    def read(self) -> list[tuple[forms.BoundField, str]]:
        """Return each text field with how it reads for a made-up event."""
        shown = [self[code] for code in events.text_labels()]
        return [(bound, events.as_it_reads(bound.value() or "")) for bound in shown]

    def _texts(self) -> dict[str, str]:
        known = events.text_labels()
        return {code: text.replace("\r\n", "\n") for code, text in self.cleaned_data.items() if code in known and text}


def form_for(kind: str, content: Mapping[str, Any], data: Any = None) -> PolicyForm | TextsForm:
    """Return the form of one kind of policy."""
    return TextsForm(kind, content, data) if kind == TEXTS else PolicyForm(kind, content, data)


class SinceForm(forms.Form):
    """From which day a version holds; empty means from now on."""

    since = forms.DateField(
        label=_("Holds from"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: from now on."),
    )  # fmt: skip
