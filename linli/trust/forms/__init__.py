"""What the auditor asks of the ledger and says to a review; looks told later; entries of the register."""

import re
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accounts import api as accounts
from linli.trust import slots
from linli.trust.models import BreakGlass, DisclosureClass
from linli.trust.queries.activities import basis_labels
from linli.trust.rules.activities import DEFERRED, OPEN, Activity
from linli.trust.rules.grades import GRADE_WORDS
from linli.trust.rules.handling import MOST_MONTHS, MOST_PEOPLE, MOST_ROWS, SIGHT_WORDS, Handling
from linli.trust.rules.leaf import first_id_at
from linli.trust.rules.look_rules import RULES
from linli.trust.rules.look_settings import MOST_DAYS, MOST_LIMIT, Settings, as_content


class LedgerFilter(forms.Form):
    """Who, what, about what, from when to when. Every field may stay empty."""

    person = forms.UUIDField(label=_("Account"), required=False)
    action = forms.CharField(label=_("Action"), required=False, max_length=40)
    object = forms.CharField(label=_("Object number"), required=False, max_length=100)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To the day"), required=False, widget=forms.DateInput({"type": "date"}))

    def condition(self) -> Q:
        """Return the filter as a condition on entries. Days are turned into ids: ids sort by time and are indexed."""
        given = self.cleaned_data
        condition = Q()
        for field, column in (("person", "person_id"), ("action", "action"), ("object", "object_id")):
            if given.get(field):
                condition &= Q(**{column: given[field]})
        if given.get("since"):
            condition &= Q(pk__gte=first_id_at(_midnight(given["since"])))
        if given.get("until"):
            condition &= Q(pk__lt=first_id_at(_midnight(given["until"] + timedelta(days=1))))
        return condition


class WordsForm(forms.Form):
    """What somebody says to a review: why it is asked, explained or decided."""

    words = forms.CharField(label=_("In a sentence or two"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


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


class DeferralForm(forms.Form):
    """Looks of which unit, for which business, are told later, on which basis and for how long."""

    kind = forms.ChoiceField(label=_("Class and basis in law"))
    unit_id = forms.TypedChoiceField(label=_("Unit that looks"), coerce=int)
    case_ref = forms.CharField(label=_("Number of the business"), max_length=100)
    days = forms.IntegerField(label=_("Days until the person is told"), min_value=1, max_value=3650)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the classes of the county and its units."""
        super().__init__(*args, **kwargs)
        kinds, units = DisclosureClass.objects.order_by("code"), accounts.units()
        self.fields["kind"].choices = [(one.code, f"{one.name}: {one.basis}") for one in kinds]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [(one.id, one.name) for one in units]  # type: ignore[attr-defined]


class HandlingForm(forms.Form):
    """What one grade does from now on."""

    sight = forms.ChoiceField(label=_("Who reads a value plainly"), choices=list(SIGHT_WORDS.items()))
    masked = forms.BooleanField(
        label=_("Others see it behind its mask"), required=False, help_text=_("Otherwise they see nothing of it.")
    )
    sealed = forms.BooleanField(
        label=_("Encrypted at rest"), required=False,
        help_text=_("What is kept already is written anew in the background; the pages go on working."),
    )  # fmt: skip
    watermark = forms.BooleanField(label=_("Exported files name who took them"), required=False)
    approve_from = forms.IntegerField(
        label=_("An export needs a second person from so many rows on"), min_value=1, max_value=MOST_ROWS,
        required=False, help_text=_("Empty: never."),
    )  # fmt: skip
    retention_months = forms.IntegerField(
        label=_("Reviewed after so many months"), min_value=1, max_value=MOST_MONTHS, required=False,
        help_text=_("Empty: the rule of the element holds."),
    )  # fmt: skip
    raise_from = forms.IntegerField(
        label=_("A set about so many people counts as a higher grade"), min_value=1, max_value=MOST_PEOPLE,
        required=False, help_text=_("Empty: never. Ask the data office of the county."),
    )  # fmt: skip
    raise_to = forms.TypedChoiceField(
        label=_("That grade"), coerce=int, empty_value=None, required=False,
        choices=[("", _("none")), *GRADE_WORDS.items()],
    )  # fmt: skip
    basis = forms.CharField(label=_("Legal or policy basis"), max_length=200, required=False)
    words = forms.CharField(
        label=_("Why it is decided"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why this is decided.")},
    )  # fmt: skip

    @classmethod
    def of(cls, line: Handling) -> "HandlingForm":
        """Return the form filled with what holds."""
        return cls(initial=asdict(line))

    def line(self, grade: int) -> Handling:
        """Return what was filled in."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "words"}
        return Handling(grade=grade, **said)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


_CODE = re.compile(r"[\w.-]+", re.ASCII)
GRADES = [(grade, str(grade)) for grade in range(1, 5)]


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _words() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class ActivityForm(forms.Form):
    """One version of an activity."""

    code = forms.CharField(
        label=pgettext_lazy("of an activity", "Code"),
        max_length=60,
        help_text=_("Two words joined by a dot; the ledger names it as the purpose."),
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    what_for = forms.CharField(label=_("What the data are used for"), max_length=500, widget=_words())
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
        label=_("Assessed on"), required=False, widget=_day(), help_text=_("The report is kept three years at least.")
    )
    disclosure = forms.ChoiceField(
        label=_("When the person is told"),
        choices=[(OPEN, pgettext_lazy("when somebody is told", "at once")), (DEFERRED, _("later, by law only"))],
    )
    disclosure_law = forms.CharField(label=_("Law that lets them be told later"), max_length=300, required=False)
    begins_on = forms.DateField(label=_("In force from"), widget=_day())
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


class GlassForm(forms.Form):
    """Whom or which area somebody must see in an emergency, and why."""

    number = forms.CharField(
        label=_("Number of the person"), required=False, max_length=40,
        help_text=_("The whole citizen id or telephone. Only this one record is opened."),
    )  # fmt: skip
    division_id = forms.TypedChoiceField(
        label=_("Or a whole street or community"), required=False, coerce=int, empty_value=None
    )
    reason = forms.CharField(
        label=_("What has happened, and why can't it wait?"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Somebody else reads it the next working day."),
    )  # fmt: skip

    def __init__(self, *args: Any, areas: list[tuple[int, str]], shortest: int, **kwargs: Any) -> None:
        """Offer the areas of the county."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["division_id"].choices = [("", _("no area")), *areas]
        fields["reason"].widget.attrs["minlength"] = shortest


class GlassReviewForm(forms.Form):
    """What the review found."""

    outcome = forms.ChoiceField(
        label=_("Was it justified?"), choices=BreakGlass.Outcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Why, in a sentence"), max_length=2000, widget=_words())
