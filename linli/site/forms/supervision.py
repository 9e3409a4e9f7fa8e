"""The forms of supervision: a note, its answer, a sample of call-backs, what was said on the telephone."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.site.forms.desk import REQUIRED, LongSelect
from linli.site.forms.photos import PhotosField

HOURS = 16
AREAS = ("community", "street", "centre")
SATISFIED = [(5, _("very satisfied")), (4, _("satisfied")), (3, _("so so")), (2, _("not satisfied")), (1, _("annoyed"))]
YES_NO = [("yes", _("solved")), ("no", _("not solved"))]
SAID = [
    ("reached", _("reached")),
    ("not_reached", _("not reached, try again later")),
    ("refused", _("did not want to answer")),
]


def _text(label: Any, rows: int = 3, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, max_length=2000, help_text=hint, error_messages=REQUIRED)


class SuperviseForm(forms.Form):
    """A supervision note: its level, how long the unit has to answer, and what is asked."""

    level = forms.ChoiceField(label=_("Level"), choices=events.SupervisionNote.Level.choices)
    hours = forms.IntegerField(
        label=_("Working hours to answer"), min_value=1, max_value=200, initial=HOURS, error_messages=REQUIRED
    )
    words = _text(_("What you ask of the unit"), hint=_("What is late, and what the unit must say or do by then."))


class AnswerNoteForm(forms.Form):
    """The unit's answer to a note."""

    words = _text(_("Answer of the unit"), hint=_("Why it is late, what is done now, and by when it is finished."))


class DrawForm(forms.Form):
    """Which closed events a sample of call-backs is drawn from. The seed makes the draw repeatable."""

    first_day = forms.DateField(label=_("Closed from"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("Closed until"), widget=forms.DateInput(attrs={"type": "date"}))
    percent = forms.IntegerField(label=_("Per cent of each unit"), min_value=1, max_value=100, initial=5)
    unit_id = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None, widget=LongSelect)
    seed = forms.CharField(
        label=_("Seed"), required=False, max_length=40, help_text=_("Empty: one is made and shown with the sample.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer all units, and the last seven days."""
        super().__init__(*args, **kwargs)
        today = timezone.localdate(kernel.now())
        units = [(unit.id, unit.name) for unit in accounts.units()]
        self.fields["unit_id"].choices = [("", _("all units")), *units]  # type: ignore[attr-defined]
        self.fields["first_day"].initial = (today - timedelta(days=7)).isoformat()
        self.fields["last_day"].initial = today.isoformat()

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        said = super().clean() or self.cleaned_data
        if said.get("first_day") and said.get("last_day") and said["last_day"] < said["first_day"]:
            self.add_error("last_day", _("The last day lies before the first."))
        return said


class CallbackForm(forms.Form):
    """What became of a call, and what the reporter said."""

    outcome = forms.ChoiceField(label=_("The reporter was"), choices=SAID)
    solved = forms.ChoiceField(label=_("Is it solved?"), choices=YES_NO, required=False, widget=forms.RadioSelect)
    satisfied = forms.TypedChoiceField(
        label=_("How satisfied?"), choices=[("", _("not asked")), *SATISFIED], coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    words = _text(_("What was said"), rows=2, hint=_("In the reporter's words, without name and number."))

    def clean(self) -> dict[str, Any]:
        """Return `solved` as true, false or unknown."""
        said = super().clean() or self.cleaned_data
        said["solved"] = {"yes": True, "no": False}.get(said.get("solved") or "")
        return said


class VolunteerForm(forms.Form):
    """What a volunteer found on site."""

    solved = forms.ChoiceField(
        label=_("Is it solved?"), choices=YES_NO, widget=forms.RadioSelect, error_messages=REQUIRED
    )
    words = _text(_("What you saw"), rows=2)
    photos = PhotosField(label=_("Photos"), required=False, help_text=_("Of the thing, please, not of people."))


class AppointForm(forms.Form):
    """A resident who is to check public matters: the telephone they sign in with, where, from when to when."""

    phone = forms.CharField(
        label=_("Mobile number of the resident"), max_length=20, error_messages=REQUIRED,
        help_text=_("They must have signed in once. Only a masked number is kept."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    unit_id = forms.TypedChoiceField(label=_("Area"), coerce=int, widget=LongSelect, error_messages=REQUIRED)
    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(
        label=_("Until and including"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, actor: accounts.Actor, **kwargs: Any) -> None:
        """Offer the areas of the communities, streets and centres below, from today."""
        super().__init__(*args, **kwargs)
        units = [unit for unit in accounts.units_managed(actor) if unit.kind in AREAS]
        choices = [(unit.id, f"{regions.division(unit.division_id).name} · {unit.name}") for unit in units]
        self.fields["unit_id"].choices = choices  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = timezone.localdate(kernel.now()).isoformat()


class EndForm(forms.Form):
    """Why a volunteer checks no more."""

    because = forms.ChoiceField(label=_("Why it ends"), choices=events.Volunteer.Because.choices)
    words = forms.CharField(label=_("In words, if needed"), max_length=200, required=False)
