"""The forms of tags that pass: for those whom an event concerns, and of a task with its period and areas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.site.forms.desk import REQUIRED, LongSelect
from linli.site.forms.tags import GRADES, TagForm

OF_EVENT = ("household", "person", "house", "organisation")
REACHES = [("community", _("the community of the event")), ("street", _("the street of the event")),
           ("county", _("the county of the event"))]  # fmt: skip
DAY = {"type": "date"}
SENSITIVE_HINT = _("4 is sensitive: it is seen with a permission of its own only.")


class EventTagForm(forms.Form):
    """A list of those whom an event concerns."""

    kind = forms.ChoiceField(label=_("Kind of record"))
    name = forms.CharField(label=_("Name"), max_length=40, error_messages=REQUIRED)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=200, initial=_("tell and help those concerned"), error_messages=REQUIRED
    )
    reach = forms.ChoiceField(label=_("Area"), choices=REACHES)
    grade = forms.TypedChoiceField(label=_("Grade"), coerce=int, choices=GRADES, initial=2, help_text=SENSITIVE_HINT)
    keep_days = forms.IntegerField(
        label=_("Days it stays after the event has ended"), min_value=0, max_value=365, initial=30,
        help_text=_("Then it falls off everybody by itself."),
        error_messages={**REQUIRED, "min_value": _("Write 0 to 365 days."), "max_value": _("Write 0 to 365 days.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds in the language of the reader."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(code, registry.KINDS[code].label) for code in OF_EVENT]


class TaskTagForm(TagForm):
    """A tag of a task: who leads it, from when to when, and where in the area it holds."""

    begins_on = forms.DateField(label=_("Begins on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
                                error_messages=REQUIRED)  # fmt: skip
    owner_id = forms.TypedChoiceField(label=_("Unit in the lead"), coerce=int, widget=LongSelect)
    areas = forms.TypedMultipleChoiceField(
        label=_("Holds only in"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none for the whole area."),
    )  # fmt: skip

    def __init__(self, *args: Any, parts: list[tuple[int, str]], unit_id: int, **options: Any) -> None:
        """Offer the units that work and the parts of the area."""
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["owner_id"].choices = [(unit.id, unit.name) for unit in accounts.units()]
        fields["owner_id"].initial = unit_id
        fields["areas"].choices = parts
        fields["expires_on"].required = True
        fields["expires_on"].error_messages.update(REQUIRED)

    def more(self) -> dict[str, Any]:
        """Return what a task says besides other tags."""
        said = self.cleaned_data
        return {"begins_on": said["begins_on"], "owner_id": said["owner_id"], "areas": tuple(said["areas"])}

    def clean(self) -> dict[str, Any]:
        """Refuse a task that ends before it begins."""
        said = super().clean() or {}
        begins, ends = said.get("begins_on"), said.get("expires_on")
        if begins and ends and ends < begins:
            self.add_error("expires_on", _("A task ends after it begins."))
        return said
