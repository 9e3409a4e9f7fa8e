"""The forms of the base: what a card is opened for and as of which day, and a new data element."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry
from linli.site.forms.desk import REQUIRED
from linli.trust import api as trust

TYPE_WORDS: dict[str, str | Promise] = {
    "text": _("text"), "date": _("day"), "code": _("code of a table"), "number": _("number"), "flag": _("yes or no"),
    "citizen_id": _("citizen id"), "credit_code": _("social credit code"), "phone": _("telephone"),
    "area": _("division or grid"),
}  # fmt: skip
SHARING_WORDS: dict[str, str | Promise] = {
    "unconditional": _("shared freely"), "conditional": _("shared on conditions"), "none": _("not shared"),
}  # fmt: skip
MASK_WORDS: dict[str, str | Promise] = {
    "none": _("no mask"), "name": _("surname only"), "phone": _("middle of the number hidden"),
    "citizen_id": _("middle of the id hidden"), "year": _("year only"), "tail": _("last four places only"),
    "all": _("nothing shown"),
}  # fmt: skip
SEARCH_WORDS: dict[str, str | Promise] = {
    "": _("not searched"), "exact": _("found by its whole value"), "fragment": _("found by a part of it"),
}  # fmt: skip
CASE_REFUSED = _("This case is not open, not yours, or about somebody else. Choose one from the list.")
PURPOSE_REFUSED = _("This purpose is not among those of your post here. Choose one from the list.")
STEPS = [(steps, str(steps)) for steps in (1, 2, 3, 4)]


def kind_words() -> dict[str, str | Promise]:
    """Return the kinds that have data elements, with their words; the last one is a relation."""
    return {**{kind.code: kind.label for kind in registry.KINDS.values()}, registry.RESIDENCE: _("residence")}


class OpenForm(forms.Form):
    """What a card is needed for, and of which day."""

    purpose = forms.ChoiceField(
        label=_("What do you need it for?"),
        error_messages={
            "required": _("Choose what you need the record for, then open it."),
            "invalid_choice": PURPOSE_REFUSED,
        },
    )
    case = forms.ChoiceField(
        label=_("For which open case?"),
        required=False,
        error_messages={"invalid_choice": CASE_REFUSED},
    )
    on = forms.DateField(
        label=_("State of the day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    known = forms.DateField(
        label=_("As known on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    steps = forms.TypedChoiceField(label=_("Steps around"), choices=STEPS, coerce=int, required=False, empty_value="2")

    def __init__(self, *args: Any, offer: registry.Offer, **kwargs: Any) -> None:
        """Offer the purposes of who asks, and the open cases that concern this record; none are asked for then."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["purpose"].choices = [("", _("choose a purpose")), *offer.purposes]
        if offer.cases:
            words = [(one.value, f"{one.ref} {one.words}") for one in offer.cases]
            fields["case"].choices = [("", _("no case")), *words]
        elif not offer.bound:
            del fields["case"]


class ElementForm(forms.Form):
    """A new data element."""

    kind = forms.ChoiceField(label=_("Kind of record"))
    code = forms.CharField(
        label=_("Element code"),
        max_length=40,
        error_messages=REQUIRED,
        help_text=_("Small Latin letters, digits and underscores."),
    )
    label = forms.CharField(label=_("Official name"), max_length=60, error_messages=REQUIRED)
    type = forms.ChoiceField(label=_("Type"), choices=list(TYPE_WORDS.items()))
    table = forms.CharField(label=_("Code table"), max_length=40, required=False)
    owner = forms.CharField(label=_("Owner department"), max_length=60, error_messages=REQUIRED)
    grade = forms.TypedChoiceField(
        label=_("Data grade"), choices=list(trust.GRADE_WORDS.items()), coerce=int, initial=3,
        help_text=_("What each grade does stands on the page of grades."),
    )  # fmt: skip
    sharing = forms.ChoiceField(label=_("Sharing"), choices=list(SHARING_WORDS.items()), initial="conditional")
    basis = forms.CharField(
        label=_("Legal basis of not sharing"),
        max_length=200,
        required=False,
        help_text=_("Needed for what is not shared."),
    )
    standard = forms.CharField(label=_("Source standard"), max_length=100, required=False)
    mask = forms.ChoiceField(label=_("Mask"), choices=list(MASK_WORDS.items()), initial="all")
    search = forms.ChoiceField(label=_("Search"), choices=list(SEARCH_WORDS.items()), required=False)
    fresh_days = forms.IntegerField(label=_("Fresh for so many days"), min_value=1, max_value=36500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds in the language of the reader."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = list(kind_words().items())

    def element(self, position: int) -> registry.ElementInfo:
        """Return what was described, at the end of the others."""
        return registry.ElementInfo(**self.cleaned_data, position=position, is_sample=False)
