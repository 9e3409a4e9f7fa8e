"""The forms of a plan in stages, and of the rules for duplicates and recurrence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.rules.plans import LEAD, by_matter, in_order

SPARE_STAGES, SPARE_RULES = 2, 2
SHOWN = [("", _("as for all matters")), ("true", _("yes")), ("false", _("no"))]


class PlanForm(forms.Form):
    """What a plan is called, for which matters it is, and why it is changed."""

    name = forms.CharField(label=_("Name of the plan"), max_length=100)
    matter_codes = forms.MultipleChoiceField(
        label=_("For which matters"), widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Hold Ctrl to choose several."),
    )  # fmt: skip
    words = forms.CharField(label=_("Why it is changed"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the matters in force."""
        super().__init__(*args, **kwargs)
        self.fields["matter_codes"].choices = _with(_matters(), *self.initial.get("matter_codes", ()))  # type: ignore[attr-defined]


class StageForm(forms.Form):
    """One stage; a row without words is no stage."""

    place = forms.IntegerField(label=_("Step"), min_value=1, max_value=99, required=False)
    what = forms.CharField(label=_("What is done"), max_length=300, required=False)
    unit = forms.ChoiceField(label=_("By whom"), required=False)
    limit = forms.IntegerField(label=_("Within"), min_value=1, max_value=400, required=False)
    limit_unit = forms.ChoiceField(label=_("Unit of time"), choices=events.LimitUnit.choices, required=False)
    closing_condition = forms.CharField(label=_("What closes it"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the roles and the departments."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = _with(_roles(), self.initial.get("unit"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Insist on a whole stage where something is said."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("what") or cleaned.get("closing_condition"):
            for name in ("what", "limit", "closing_condition"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Please fill this in."))
        return cleaned


class RuleForm(forms.Form):
    """The rules of one matter; what is left empty holds as for all matters. A row without any number is no rule."""

    matter = forms.ChoiceField(label=_("Matter"), required=False)
    radius_m = forms.IntegerField(label=_("The same place, m"), min_value=1, required=False)
    window_days = forms.IntegerField(label=_("The same time, days"), min_value=1, required=False)
    shown = forms.TypedChoiceField(
        label=_("Shown to who reports"), choices=SHOWN, required=False, coerce=lambda value: value == "true",
        empty_value=None,
    )  # fmt: skip
    recur_count = forms.IntegerField(
        label=_("Recurs from, times"), min_value=0, required=False, help_text=_("0: nothing is raised.")
    )
    recur_days = forms.IntegerField(label=_("Counted over, days"), min_value=1, required=False)
    recur_radius_m = forms.IntegerField(label=_("Counted within, m"), min_value=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the matters in force."""
        super().__init__(*args, **kwargs)
        everywhere = ("", _("all matters"))
        self.fields["matter"].choices = _with([everywhere, *_matters()], self.initial.get("matter"))  # type: ignore[attr-defined]

    def title(self) -> Any:
        """Return the matter that the rule begins with, as its choice says it."""
        choices: Any = self.fields["matter"].choices  # type: ignore[attr-defined]
        return dict(choices).get(self.initial.get("matter", ""), "")


class WordsForm(forms.Form):
    """Why the rules are changed."""

    words = forms.CharField(label=_("Why it is changed"), max_length=300)


Stages = forms.formset_factory(StageForm, extra=SPARE_STAGES, max_num=20, validate_max=True)
Rules = forms.formset_factory(RuleForm, extra=SPARE_RULES, max_num=200, validate_max=True)


def stages_of(rows: Any) -> list[dict[str, Any]]:
    """Return the stages that a valid formset says, in their order."""
    return in_order([row for row in rows.cleaned_data if row.get("what")])


def rules_of(rows: Any) -> dict[str, dict[str, Any]]:
    """Return the rules that a valid formset says, by matter."""
    return by_matter(rows.cleaned_data)


def as_rows(rules: Mapping[str, Mapping[str, Any]]) -> Sequence[dict[str, Any]]:
    """Return the rules as a formset begins with them, all matters first."""
    return [
        {"matter": code, **rule, **({"shown": str(rule["shown"]).lower()} if "shown" in rule else {})}
        for code, rule in sorted(rules.items())
    ]


def _with(choices: list[tuple[str, Any]], *held: str | None) -> list[tuple[str, Any]]:
    """Return the choices with what is held now, though it may be in force no longer."""
    known = {value for value, _label in choices}
    return [*choices, *((value, value) for value in held if value and value not in known)]


def _matters() -> list[tuple[str, str]]:
    return [(one.code, f"{one.code} {one.name}") for one in events.matters_in_force()]


def _roles() -> list[tuple[str, Any]]:
    named = events.role_namer()
    departments = [unit for unit in accounts.units() if unit.kind == "department"]
    return [
        (LEAD, _("lead unit")),
        *((role, named(role)) for role in ("community", "street", "centre")),
        *((f"department:{unit.code}", unit.name) for unit in departments),
    ]
