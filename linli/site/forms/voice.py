"""The form of a public answer: what everybody will read, what is taken out of it, and what may remain."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from linli.site.forms.desk import REQUIRED
from linli.trust import api as trust

__all__ = ["PublishForm"]

TEXTS = ("question", "asked", "answer")


class PublishForm(forms.Form):
    """Question, what was asked, and the answer; names and doors that a rule found, to be left in by a tick.

    Nothing is published before the officer has seen what is found: new findings show the form again.
    """

    question = forms.CharField(label=_("Question as the heading"), max_length=120, error_messages=REQUIRED)
    asked = forms.CharField(
        label=_("What was asked"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer = forms.CharField(
        label=_("Answer for everybody"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages=REQUIRED,
    )  # fmt: skip
    keep = forms.MultipleChoiceField(
        label=_("A rule takes these out; tick what may stay"), required=False, widget=forms.CheckboxSelectMultiple
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Look at the words that were sent, or at those the form begins with."""
        super().__init__(*args, **kwargs)
        texts = [str((self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)) or "")
                 for name in TEXTS]  # fmt: skip
        found = {one.words: one for text in texts for one in trust.find_for_public(text)}
        self.remaining = list(dict.fromkeys(word for text in texts for word in trust.may_remain(text)))
        self.found = [*found, *self.remaining]
        self._offer([(one.words, f"{one.words} → {one.shown}") for one in found.values() if one.kind != "number"])
        self.fields["answer"].help_text = self._hint(any(one.kind == "number" for one in found.values()))
        self.initial["shown"] = "\n".join(self.found)

    def clean(self) -> dict[str, Any]:
        """Show the form again where something is found that the officer has not seen yet."""
        said = dict(super().clean() or {})
        seen = set(said.pop("shown", "").splitlines())
        if not {word for one in self.found for word in one.splitlines()} <= seen:
            self.add_error(None, _("Please look at what is taken out and what may remain, then publish."))
            self._sent("shown", [self.initial["shown"]])
        return said

    def _offer(self, choices: list[tuple[str, str]]) -> None:
        if not choices:
            del self.fields["keep"]
            return
        offered = {word for word, _shown in choices}
        self.fields["keep"].choices = choices  # type: ignore[attr-defined]
        if isinstance(self.data, QueryDict):
            ticked = self.data.getlist(self.add_prefix("keep"))
            self._sent("keep", [str(word) for word in ticked if word in offered])

    def _sent(self, name: str, values: list[str]) -> None:
        """Put other values in the place of what was sent."""
        if isinstance(self.data, QueryDict):
            sent = self.data.copy()
            sent.setlist(self.add_prefix(name), values)
            self.data = sent

    def _hint(self, numbers: bool) -> str:
        said = [str(_("Phone, identity, card and plate numbers are always taken out."))] if numbers else []
        if self.remaining:
            words = pgettext("between names", ", ").join(self.remaining)
            said.append(_("May still tell who or where somebody is, please look: %(words)s.") % {"words": words})
        else:
            said.append(str(_("A rule can miss a name or a door: please read it once as a neighbour would.")))
        return " ".join(said)
