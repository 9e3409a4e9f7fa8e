"""Entries of the register of processing activities."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accounts import api as accounts
from linli.trust import slots
from linli.trust.forms.inputs import day_input, words_input
from linli.trust.queries.activities import basis_labels
from linli.trust.rules.activities import DEFERRED, OPEN, Activity

_CODE = re.compile(r"[\w.-]+", re.ASCII)


GRADES = [(grade, str(grade)) for grade in range(1, 5)]


class ActivityForm(forms.Form):
    """One version of an activity."""

    code = forms.CharField(
        label=pgettext_lazy("of an activity", "Code"),
        max_length=60,
        help_text=_("Two words joined by a dot; the ledger names it as the purpose."),
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    what_for = forms.CharField(label=_("What the data are used for"), max_length=500, widget=words_input())
    basis = forms.ChoiceField(label=pgettext_lazy("of an activity", "Legal basis"))
    law = forms.CharField(label=_("Law and article"), max_length=300, required=False)
    chosen = forms.BooleanField(label=_("Officers choose it when they open a record"), required=False)
    posts = forms.MultipleChoiceField(
        label=_("Only these posts"), required=False, help_text=_("None: every post that opens the data.")
    )
    units = forms.CharField(
        label=_("Only these units"), required=False, max_length=500, help_text=_("Codes of units, comma between them.")
    )
    grade = forms.TypedChoiceField(
        label=_("Highest grade"), choices=GRADES, coerce=int,
        help_text=_("What is graded higher stays masked, even for who may see it otherwise."),
    )  # fmt: skip
    elements = forms.CharField(
        label=_("Only these data elements"), required=False, max_length=1000,
        help_text=_("As person.phone, comma between them; empty for all. Others of grade 3 and 4 stay masked."),
    )  # fmt: skip
    case_needed = forms.BooleanField(label=_("Must be bound to an open case"), required=False)
    case_kinds = forms.MultipleChoiceField(
        label=_("Cases of these sorts"), required=False, help_text=_("None: of any sort.")
    )
    kept_months = forms.IntegerField(
        label=_("Kept for so many months"), min_value=0, max_value=1200, initial=0,
        help_text=_("0: as the rules of keeping say."),
    )  # fmt: skip
    needs_assessment = forms.BooleanField(label=_("Needs an impact assessment"), required=False)
    assessed_on = forms.DateField(
        label=_("Assessed on"),
        required=False,
        widget=day_input(),
        help_text=_("The report is kept three years at least."),
    )
    disclosure = forms.ChoiceField(
        label=_("When the person is told"),
        choices=[(OPEN, pgettext_lazy("when somebody is told", "at once")), (DEFERRED, _("later, by law only"))],
    )
    disclosure_law = forms.CharField(label=_("Law that lets them be told later"), max_length=300, required=False)
    begins_on = forms.DateField(label=_("In force from"), widget=day_input())
    is_ended = forms.BooleanField(label=_("Ends: nobody may choose it from that day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer bases, posts and sorts of cases in the language of the reader."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["basis"].choices = list(basis_labels().items())
        fields["posts"].choices = [(post.code, post.name) for post in accounts.posts()]
        fields["posts"].widget = forms.CheckboxSelectMultiple(choices=fields["posts"].choices)
        fields["case_kinds"].choices = [(kind.code, kind.label) for kind in slots.case_kinds.all()]
        fields["case_kinds"].widget = forms.CheckboxSelectMultiple(choices=fields["case_kinds"].choices)

    @classmethod
    def of(cls, data: Any, one: Activity, today: date) -> "ActivityForm":
        """Return the form of the next version of an activity."""
        names = [name for name in cls.base_fields if name not in {"posts", "units", "elements", "case_kinds"}]
        initial = {name: getattr(one, name) for name in names if name != "begins_on"}
        initial |= {"posts": list(one.posts), "case_kinds": list(one.case_kinds), "begins_on": today}
        initial |= {"units": ", ".join(one.units), "elements": ", ".join(one.elements)}
        initial |= {name: str(initial[name]) for name in ("name", "what_for", "law", "disclosure_law")}
        form = cls(data, initial=initial)
        form.fields["code"].disabled = True
        return form

    def clean_units(self) -> tuple[str, ...]:
        """Return the codes. An unknown one is named."""
        codes = _listed(self.cleaned_data["units"])
        if unknown := sorted(set(codes) - {unit.code for unit in accounts.units()}):
            raise forms.ValidationError(_("There is no unit %(code)s.") % {"code": unknown[0]})
        return codes

    def clean_elements(self) -> tuple[str, ...]:
        """Return the names of the elements."""
        return _listed(self.cleaned_data["elements"])

    def activity(self) -> Activity:
        """Return what was written."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "begins_on"}
        said |= {name: tuple(said[name]) for name in ("posts", "case_kinds")}
        return Activity(**said)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(_CODE.findall(text))
