"""The forms of the desks: one for each act on an event, for a report taken by phone, and for a hotline file."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.photos import PhotosField

REQUIRED = {"required": _("Please fill this in.")}


def _words(label: Any, *, required: bool = True, rows: int = 3, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, widget=area, max_length=4000, help_text=hint, error_messages=REQUIRED
    )


class WordsForm(forms.Form):
    """Words that say what happened or why."""

    words = _words(_("In a sentence or two"))


class NoteForm(forms.Form):
    """A note for colleagues, or for the reporter."""

    words = _words(_("Note"))
    public = forms.BooleanField(label=_("The reporter reads this too"), required=False)


class ResultForm(forms.Form):
    """The result: what the reporter reads, what stays with colleagues, and photos where they help."""

    answer = _words(_("Answer to the reporter"), hint=_("Short and plain: what was done, and what comes next."))
    inside = _words(_("For colleagues only"), required=False, rows=2)
    photos = PhotosField(label=_("Photos of the result"), required=False, help_text=_("Only where they help."))


class CloseForm(forms.Form):
    """Why the event ends, and what the reporter reads."""

    reason = forms.ChoiceField(label=_("Closed because"), choices=events.Event.CloseReason.choices)
    answer = _words(_("Answer to the reporter"), required=False)


class RejectForm(forms.Form):
    """Why an event is not taken up, and what the reporter reads."""

    reason = forms.ChoiceField(label=_("Not taken up because"), choices=events.Event.CloseReason.choices)
    words = _words(_("Answer to the reporter"))


class DispatchForm(forms.Form):
    """The matter, and the unit where a person decides against the duty list."""

    matter_code = forms.ChoiceField(label=_("Matter"), error_messages=REQUIRED)
    unit_id = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    words = _words(_("Words to the unit"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the matters in force and all units."""
        super().__init__(*args, **kwargs)
        matters = [(duty.code, f"{duty.code} {duty.name}") for duty in events.matters_in_force()]
        units = [(unit.id, unit.name) for unit in accounts.units()]
        self.fields["matter_code"].choices = [("", _("choose a matter")), *matters]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [("", _("as the duty list says")), *units]  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """A report that a person takes down at the desk or on the phone."""

    text = _words(_("What happened"), rows=5)
    address = forms.CharField(label=_("Where"), required=False, max_length=200)
    reporter_name = forms.CharField(label=_("Name of the reporter"), required=False, max_length=60)
    reporter_phone = forms.CharField(label=_("Phone of the reporter"), required=False, max_length=30)
    matter_code = forms.ChoiceField(label=_("Matter"), required=False)
    photos = PhotosField(label=_("Photos"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the matters in force."""
        super().__init__(*args, **kwargs)
        matters = [(duty.code, f"{duty.code} {duty.name}") for duty in events.matters_in_force()]
        self.fields["matter_code"].choices = [("", _("as recognised from the text")), *matters]  # type: ignore[attr-defined]


class TicketFileForm(forms.Form):
    """A hotline file."""

    file = forms.FileField(label=_("File (CSV or XLSX)"), error_messages=REQUIRED)


FORMS: dict[str, type[forms.Form]] = {
    "accept": forms.Form,
    "start": forms.Form,
    "return": WordsForm,
    "contact": WordsForm,
    "note": NoteForm,
    "submit": ResultForm,
    "pass": CloseForm,
    "send_back": WordsForm,
    "close": CloseForm,
    "dispatch": DispatchForm,
    "reject": RejectForm,
    "reopen": WordsForm,
}


@dataclass(frozen=True)
class Act:
    """One thing that can be done now: its name, its label, its form, and whether it is the main one."""

    name: str
    label: Any
    form: forms.Form
    consequence: Any = ""


class ActForms:
    """The acts that are open to somebody on a case; the first is the main one."""

    LABELS = {
        "accept": _("Accept"),
        "start": _("Start work"),
        "submit": _("Submit the result"),
        "contact": _("Note a contact with the reporter"),
        "note": _("Add a note"),
        "return": _("Give back"),
        "pass": _("Pass and close"),
        "send_back": _("Send back to the unit"),
        "close": _("Close"),
        "dispatch": _("Dispatch"),
        "reject": _("Do not take up"),
        "reopen": _("Open again"),
    }
    ORDER = ("accept", "submit", "pass", "close", "dispatch", "start", "contact", "note", "send_back", "return")

    @classmethod
    def for_case(
        cls, found: events.Case, actor: accounts.Actor, bound: tuple[str, forms.Form] | None = None
    ) -> list[Act]:
        """Return the acts in the order of use. `bound` replaces the form that was sent with mistakes."""
        names = set(found.steps) - {"hold_for_screening"}
        if actor.can("events.handle") and names & {"submit", "start"}:
            names |= {"contact", "note"}
        order = [*cls.ORDER, *(name for name in FORMS if name not in cls.ORDER)]
        forms_by_name = dict([bound]) if bound else {}
        return [
            Act(name, cls.LABELS[name], forms_by_name.get(name) or _fresh(name, found))
            for name in order
            if name in names
        ]


def _fresh(name: str, found: events.Case) -> forms.Form:
    initial = {"answer": found.event.public_answer} if name in {"pass", "close"} else {}
    if name == "dispatch" and found.event.candidates:
        initial = {"matter_code": found.event.candidates[0]["code"]}
    return FORMS[name](initial=initial, prefix=name)
