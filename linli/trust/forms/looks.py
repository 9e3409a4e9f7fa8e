"""Limits of the rules over looks, and campaigns announced beforehand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.trust.rules.look_rules import RULES
from linli.trust.rules.look_settings import MOST_DAYS, MOST_LIMIT, Settings, as_content

TERMS = {
    "due_days": _("Working days until a review is due"),
    "justified_days": _("Days that a justified review is kept"),
    "confirmed_days": _("Days that a confirmed review is kept"),
    "enough": _("Decided reviews before another limit is proposed"),
}


class LookSettingsForm(forms.Form):
    """Every rule over looks, on or off, with its limit and weight; the terms of reviews."""

    def __init__(self, data: Any, *, settings: Settings) -> None:
        """Show what is in force."""
        content = as_content(settings)
        found = {f"{code}-{key}": value for code, one in content["rules"].items() for key, value in one.items()}
        super().__init__(data, initial={**found, **content["terms"]})
        for code, rule in RULES.items():
            self.fields[f"{code}-on"] = forms.BooleanField(label=str(rule.label), required=False)
            self.fields[f"{code}-limit"] = forms.FloatField(label=_("From"), min_value=0.1, max_value=MOST_LIMIT)
            self.fields[f"{code}-weight"] = forms.FloatField(label=_("Weight"), min_value=0.01, max_value=1)
        for name, label in TERMS.items():
            self.fields[name] = forms.IntegerField(label=label, min_value=1, max_value=MOST_DAYS)

    def of_rule(self, code: str) -> list[forms.BoundField]:
        """Return the three fields of a rule."""
        return [self[f"{code}-{key}"] for key in ("on", "limit", "weight")]

    def terms(self) -> list[forms.BoundField]:
        """Return the fields of the terms."""
        return [self[name] for name in TERMS]

    def content(self) -> dict[str, Any]:
        """Return what was said, as the settings are kept."""
        said = self.cleaned_data
        rules = {code: {key: said[f"{code}-{key}"] for key in ("on", "limit", "weight")} for code in RULES}
        return {"rules": rules, "terms": {name: said[name] for name in TERMS}}


class CampaignForm(forms.Form):
    """A campaign: which unit, for what purpose, from when to when, in words."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=60, help_text=_("The code of the purpose as the ledger has it: registry.verify")
    )
    first_day = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}))
    last_day = forms.DateField(label=_("To the day"), widget=forms.DateInput({"type": "date"}))
    words = forms.CharField(label=_("What is done"), max_length=300)

    def __init__(self, data: Any) -> None:
        """Offer the open units."""
        super().__init__(data)
        self.fields["unit"].choices = [(one.id, one.name) for one in accounts.units()]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """Return what was said, as the action takes it."""
        said = dict(self.cleaned_data)
        return {"unit_id": said.pop("unit"), **said}
