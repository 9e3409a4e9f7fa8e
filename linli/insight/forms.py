"""The forms of insight: what figures are narrowed to, a decision, a definition."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.insight.models import Measure
from linli.insight.queries.figures import Wanted
from linli.insight.rules.months import before, month_of
from linli.insight.rules.wording import KINDS, MARK_WORDS, REASONS
from linli.regions import api as regions

MONTHS = 3
LONGEST_ID = 11


class MeasureFilter(forms.Form):
    """Which months, which area, which kind of unit. It lives in the address; what it can't read it leaves out."""

    first = forms.CharField(label=_("From month"), required=False, widget=forms.TextInput(attrs={"type": "month"}))
    last = forms.CharField(label=_("To month"), required=False, widget=forms.TextInput(attrs={"type": "month"}))
    division = forms.ChoiceField(label=_("Area"), required=False)
    kind = forms.ChoiceField(label=_("Kind of unit"), required=False, choices=[("", _("all kinds")), *KINDS.items()])

    def __init__(self, data: Any, *, actor: accounts.Actor, today: date) -> None:
        """Offer the areas that this person measures, and the last three months."""
        self.today = today
        first, last = self._months(data)
        shown = {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}
        super().__init__({**data.dict(), **shown})
        self.first_month, self.last_month = first, last
        self.fields["division"].choices = [("", _("all areas")), *areas_of(actor)]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return what is counted; unit and matter come from the links of the tables."""
        said = self.cleaned_data if self.is_valid() else {}
        unit, division = self.data.get("unit", ""), said.get("division") or ""
        return Wanted(
            first=self.first_month,
            last=self.last_month,
            division_id=int(division) if division else None,
            unit_id=int(unit) if unit.isdecimal() and len(unit) < LONGEST_ID else None,
            kind=said.get("kind") or "",
            matter=self.data.get("matter", "")[:40],
        )

    def _months(self, data: Any) -> tuple[date, date]:
        last = month_of(data.get("last", "")) or self.today.replace(day=1)
        first = month_of(data.get("first", "")) or before(last, MONTHS - 1)
        return min(first, last), max(first, last)


class DecisionForm(forms.Form):
    """Why an event is left out, or not."""

    words = forms.CharField(label=_("Why"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DefinitionForm(forms.Form):
    """The next version of a measure."""

    name = forms.CharField(label=_("Name"), max_length=60)
    denominator = forms.MultipleChoiceField(
        label=_("Out of the events that …"), required=False, choices=list(MARK_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    numerator = forms.MultipleChoiceField(
        label=_("… count those that"), choices=list(MARK_WORDS.items()), widget=forms.CheckboxSelectMultiple
    )
    tiers = forms.MultipleChoiceField(
        label=_("For these kinds of units"), choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )
    reasons = forms.MultipleChoiceField(
        label=_("An event may be left out because"), required=False, choices=list(REASONS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    period = forms.ChoiceField(label=_("Looked at"), choices=Measure.Period.choices)


def areas_of(actor: accounts.Actor) -> list[tuple[str, str]]:
    """Return the divisions in which this person measures, with those right below, streets before communities."""
    held = {holding.division_id for holding in actor.holdings_with("insight.see")}
    found: dict[int, str] = {}
    for division_id in sorted(held):
        found[division_id] = regions.division(division_id).name
        for child in regions.children(division_id):
            found[child.id] = child.name
            for grandchild in regions.children(child.id):
                found[grandchild.id] = f"{child.name} {grandchild.name}"
    return [(str(key), name) for key, name in found.items()]
