"""The forms of sheets: a file that was sent down, which rows it means, why it is sent back."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry
from linli.sheets.forms.conditions import ConditionsForm, conditions_shown
from linli.sheets.rules.scopes import Scope
from linli.sheets.states import REASONS

DAY = {"type": "date"}
MOST_BYTES = 20 << 20
READABLE = ".xlsx,.xls,.ods,.docx,.csv,.tsv,.txt"


class BringForm(forms.Form):
    """A file as it was sent down, who sent it, by when it is wanted back."""

    file = forms.FileField(
        label=_("The form that was sent down"),
        help_text=_("XLSX, XLS, ODS, DOCX or CSV, as it came. It is kept sealed and comes back in its own layout."),
        widget=forms.FileInput(attrs={"accept": READABLE}),
        error_messages={"required": _("Choose the file that was sent down.")},
    )
    issuer = forms.CharField(label=_("Who sent it"), required=False, max_length=100)
    basis = forms.CharField(label=_("Legal basis of the form"), required=False, max_length=300)
    due = forms.DateField(
        label=_("Wanted back by"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )

    def clean_file(self) -> Any:
        """Return a file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB. Take pictures out of it and send it again."))
        return file


class ReturnForm(forms.Form):
    """Why a form is sent back: reasons of the list, and what has to be mended in words."""

    reasons = forms.MultipleChoiceField(
        label=_("What is not right"), choices=list(REASONS.items()), widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("What has to be mended"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class PurposeForm(forms.Form):
    """For which purpose of the register a form is filled, by what law, and on which day ages are reckoned."""

    purpose = forms.ChoiceField(label=_("Purpose"), help_text=_("It bounds what may be filled; each look is recorded."))
    on = forms.DateField(label=_("As things stand on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))

    basis = forms.CharField(
        label=_("Legal basis of the form"), required=False, max_length=300,
        help_text=_("The law, rule or document with its article. Without it what is graded highest stays closed."),
    )  # fmt: skip

    def __init__(self, *args: Any, purposes: list[tuple[str, str]], is_listed: bool = False, **options: Any) -> None:
        """Offer the purposes of the post; what stands on the list of forms has its basis there."""
        super().__init__(*args, **options)
        if is_listed:
            del self.fields["basis"]
        choose: Any = self.fields["purpose"]
        choose.choices = purposes


class ScopeForm(ConditionsForm):
    """Whom the rows of one part are about: area, list, tag, and up to four conditions that must all hold."""

    division = forms.TypedChoiceField(label=_("Area"), coerce=int)
    register = forms.ChoiceField(label=_("On the list"), required=False)
    tag = forms.TypedChoiceField(label=_("With the tag"), coerce=UUID, empty_value=None, required=False)
    words = forms.CharField(
        label=_("Name, number or address"), max_length=60, required=False,
        help_text=_("Only for single ones; what is typed here is not kept."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, areas: list[tuple[int, str]], tags: list[Any], **options: Any) -> None:
        """Offer areas, lists and tags that fit the kind, and its data elements."""
        super().__init__(*args, kind=kind, **options)
        choose = cast("dict[str, Any]", self.fields)
        lists = [(one.code, one.label) for one in registry.REGISTERS.values() if one.kind == kind]
        choose["division"].choices = areas
        choose["register"].choices = [("", "—"), *lists]
        choose["tag"].choices = [("", "—"), *((str(one.id), one.name) for one in tags)]

    def scope(self) -> Scope:
        """Return what was filled in."""
        said, words = self.cleaned_data, self.cleaned_data["words"].strip()
        return Scope(said["division"], None, said["register"], said["tag"], self.where(), words=words)


class AreaScopeForm(forms.Form):
    """Which areas the rows of a table of figures are: those below an area, of one level."""

    division = forms.TypedChoiceField(label=_("Area"), coerce=int)
    level = forms.ChoiceField(
        label=_("A row is"),
        choices=[("community", _("a community")), ("grid", _("a grid")), ("street", _("a street")),
                 ("self", _("the area itself"))],
        help_text=_("Where the form names its areas already, its own rows are kept."),
    )  # fmt: skip

    def __init__(self, *args: Any, areas: list[tuple[int, str]], **options: Any) -> None:
        """Offer the areas of the post."""
        super().__init__(*args, **options)
        cast("dict[str, Any]", self.fields)["division"].choices = areas

    def scope(self) -> Scope:
        """Return what was filled in."""
        return Scope(self.cleaned_data["division"], level=self.cleaned_data["level"])


class SourceScopeForm(forms.Form):
    """Which rows of another source, such as events, a form means: area, days, matter."""

    division = forms.TypedChoiceField(label=_("Area"), coerce=int)
    since = forms.DateField(
        label=_("From the day"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Through the day"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    matter = forms.ChoiceField(label=_("Matter"), required=False)

    def __init__(
        self, *args: Any, areas: list[tuple[int, str]], matters: list[tuple[str, str]], **options: Any
    ) -> None:
        """Offer the areas of the post and the matters of the source."""
        super().__init__(*args, **options)
        choose = cast("dict[str, Any]", self.fields)
        choose["division"].choices, choose["matter"].choices = areas, [("", _("all")), *matters]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("This day lies before the first one."))
        return said

    def scope(self) -> Scope:
        """Return what was filled in."""
        said = self.cleaned_data
        return Scope(said["division"], since=said["since"], until=said["until"], matter=said["matter"])


def initial_of(scope: Scope) -> dict[str, Any]:
    """Return a scope as the form shows it."""
    said: dict[str, Any] = {
        "division": scope.division_id, "register": scope.register, "tag": scope.tag_id or "", "level": scope.level,
        "since": scope.since, "until": scope.until, "matter": scope.matter,
    }  # fmt: skip
    return said | conditions_shown(scope.where)
