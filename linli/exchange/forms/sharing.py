"""The forms of exchange: an application and its answer, a correction and its answer, an open data set, a firm."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.exchange.forms.papers import HELP, LABEL, PapersField
from linli.exchange.rules import wording
from linli.exchange.rules.deidentified import WAYS as DEIDENTIFIED
from linli.exchange.rules.terms import MOST, PUSH, QUERY, VERIFY, WAYS, Asked, values_of
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

REQUIRED = {"required": _("Fill this in.")}
DAY = {"type": "date"}


class TermsForm(forms.Form):
    """Which elements of whom, for how long, how often and how; the same fields ask and answer."""

    elements = forms.MultipleChoiceField(
        label=_("Which data elements"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one data element.")},
    )  # fmt: skip
    lifted = forms.MultipleChoiceField(
        label=_("Give whole, not masked"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where the business cannot do without; the answer says which."),
    )  # fmt: skip
    division = forms.TypedChoiceField(label=_("People of"), coerce=int)
    row_element = forms.ChoiceField(label=_("Only those whose"), required=False)
    row_values = forms.CharField(
        label=_("… is one of"), required=False, max_length=200, help_text=_("Codes or values, separated by commas.")
    )
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    quota = forms.IntegerField(label=_("For at most so many people"), min_value=1, max_value=MOST)
    ways = forms.MultipleChoiceField(
        label=_("How it is asked"), choices=list(WAYS.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose how it is asked.")},
    )  # fmt: skip

    def __init__(
        self, *args: Any, kind: str, elements: list[str] | None = None, top_id: int, **kwargs: Any
    ) -> None:  # fmt: skip
        """Offer the elements of a kind (or some of them) and the areas below a division."""
        super().__init__(*args, **kwargs)
        self.kind = kind
        known = registry.elements_of(kind)
        offered = [one for code, one in known.items() if one.sharing != "none" and code in (elements or known)]
        choose: Any = self.fields
        choose["elements"].choices = [(one.code, element_words(one)) for one in offered]
        choose["lifted"].choices = [(one.code, one.label) for one in offered if trust.handling(one.grade).step]
        choose["row_element"].choices = [("", _("everybody")), *((one.code, one.label) for one in known.values())]
        choose["division"].choices = areas_below(top_id)

    def asked(self, purpose: str, push_to: str = "") -> Asked:
        """Return the terms that were filled in; `push_to` is where changes are sent, if that is one of the ways."""
        said = self.cleaned_data
        address = said.get("push_to", push_to) if PUSH in said["ways"] else ""
        values = values_of(said["row_values"])
        rows = {said["row_element"]: values} if said["row_element"] and values else {}
        return Asked(
            kind=self.kind, elements=tuple(said["elements"]), lifted=tuple(said["lifted"]),
            division_id=said["division"], starts_on=said["starts_on"], ends_on=said["ends_on"], quota=said["quota"],
            ways=tuple(said["ways"]), purpose=purpose, rows=rows, push_to=address,
        )  # fmt: skip


class ApplyForm(TermsForm):
    """An application: the terms, for which purpose, upon which basis, for which business."""

    purpose = forms.ChoiceField(label=_("Purpose"), error_messages=REQUIRED)
    push_to = forms.CharField(
        label=_("Address for changes"), max_length=500, required=False, widget=forms.TextInput(attrs={"type": "url"}),
        help_text=_("Only where changes are pushed: your system's https address. The owner sees it."),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("Legal basis"), max_length=300, error_messages=REQUIRED,
        help_text=_("The law or rule with its article, as the owner can look it up."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("For which business"), max_length=2000, error_messages=REQUIRED,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, purposes: Sequence[tuple[str, str]], there: bool = False, **kwargs: Any) -> None:
        """Offer the purposes that the applicant may choose; `there`: what can be asked of another node."""
        super().__init__(*args, **kwargs)
        choose: Any = self.fields
        if there:
            choose["ways"].choices = [(code, WAYS[code]) for code in (VERIFY, QUERY)]
            del self.fields["push_to"]
        choose["purpose"].choices = [("", _("choose a purpose")), *purposes]


class AnswerForm(TermsForm):
    """The terms as they are granted, and what the other side reads."""

    words = forms.CharField(
        label=_("What the other side reads"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Needed where less is granted, or nothing."),
    )  # fmt: skip


class WordsForm(forms.Form):
    """Why."""

    words = forms.CharField(label=_("Why"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class CorrectForm(forms.Form):
    """What an element should be, and how one knows."""

    value = forms.CharField(label=_("It should be"), max_length=500, error_messages=REQUIRED)
    evidence = forms.CharField(
        label=_("How do you know?"), max_length=2000, error_messages=REQUIRED,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who said it, or which paper you saw. The owner reads this."),
    )  # fmt: skip
    reference = forms.CharField(
        label=_("Reference"), required=False, max_length=200, help_text=_("Number of a paper, a visit or a photo.")
    )
    seen_on = forms.DateField(label=_("Seen on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    papers = PapersField(label=LABEL, required=False, help_text=HELP)

    def __init__(self, *args: Any, element: registry.ElementInfo, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the codes of a coded element, yes and no, a day, or a line of text."""
        super().__init__(*args, **kwargs)
        field: forms.Field | None = None
        if codes:
            field = forms.ChoiceField(choices=[("", "—"), *codes])
        elif element.type == "flag":
            field = forms.ChoiceField(choices=[("", "—"), ("1", _("yes")), ("0", _("no"))])
        elif element.type == "date":
            field = forms.CharField(widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
        if field is not None:
            field.label, field.error_messages = self.fields["value"].label, self.fields["value"].error_messages
            self.fields["value"] = field


def areas_below(division_id: int) -> list[tuple[int, str]]:
    """Return a division with its streets and their communities, as they are chosen from."""
    top = regions.division(division_id)
    found = [(top.id, top.name)]
    for street in regions.children(top.id):
        found.append((street.id, street.name))
        found += [(one.id, f"{street.name} {one.name}") for one in regions.children(street.id)]
    return found


def element_words(one: registry.ElementInfo) -> str:
    """Return an element with what decides about it: grade, owner, how it is shared."""
    sharing = wording.words(wording.SHARING, one.sharing)
    return _("%(label)s · %(grade)s · %(owner)s · %(sharing)s") % {
        "label": one.label, "grade": trust.GRADE_WORDS[one.grade], "owner": one.owner, "sharing": sharing,
    }  # fmt: skip


class OpenSetForm(forms.Form):
    """A data set of the open list."""

    title = forms.CharField(label=_("Title"), max_length=100, error_messages=REQUIRED)
    about = forms.CharField(
        label=_("What it says"), max_length=1000, error_messages=REQUIRED, widget=forms.Textarea(attrs={"rows": 2})
    )
    element = forms.ChoiceField(label=_("What is counted"))
    by = forms.ChoiceField(label=_("Counted by"), choices=list(wording.AREAS.items()))
    least = forms.IntegerField(
        label=_("Fewest people in a cell"), initial=10, min_value=1, max_value=1000,
        help_text=_("Cells below it are kept back, and others, so that totals do not give them away."),
    )  # fmt: skip
    cycle = forms.ChoiceField(label=_("Counted anew"), choices=list(wording.CYCLES.items()), initial="year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what can be counted."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["element"]
        field.choices = [
            (f"{kind}.{one.code}", f"{registry.KINDS[kind].label} · {one.label}")
            for kind in registry.KINDS for one in registry.elements_of(kind).values() if registry.can_be_counted(one)
        ]  # fmt: skip


class DeidentifyForm(forms.Form):
    """A decision that a public table shows less than its element."""

    way = forms.ChoiceField(label=_("Way of de-identification"), choices=list(DEIDENTIFIED.items()))
    grade = forms.TypedChoiceField(
        label=_("Grade of the table"), coerce=int,
        choices=[(grade, trust.GRADE_WORDS[grade]) for grade in range(1, int(trust.Grade.GENERAL_4))],
    )  # fmt: skip
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    words = forms.CharField(label=_("Method"), max_length=500, error_messages=REQUIRED)


class FirmForm(forms.Form):
    """A firm that gives data back, under its contract."""

    firm = forms.CharField(label=_("Firm"), max_length=100, error_messages=REQUIRED)
    number = forms.CharField(label=_("Number of the contract"), max_length=60, error_messages=REQUIRED)
    purpose = forms.CharField(label=_("Purpose of the contract"), max_length=300, error_messages=REQUIRED)
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
