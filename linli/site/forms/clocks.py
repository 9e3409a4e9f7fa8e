"""The forms about time and about objections: pauses, more time, reviews, and who an event belongs to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.desk import REQUIRED, LongSelect

KINDS = [
    ("extend", _("more working hours")),
    ("suspend", _("a suspension, in working days")),
    ("hang_up", _("to hang it up, days until the review")),
]
AREAS = [("street", _("in this street")), ("community", _("in this community")), ("county", _("in the whole county"))]


def _words(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), error_messages=REQUIRED
    )


def _amount(label: Any, first: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, initial=first, error_messages=REQUIRED)


class PauseForm(forms.Form):
    """What the reporter must answer, and for how long the clock stands at most."""

    words = _words(_("What we wait for; the reporter reads this"))
    days = _amount(_("At most so many working days"), 2)


class StageForm(forms.Form):
    """A stage that is done; a word about it where that helps."""

    stage_id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What was done"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class StageNotNeededForm(forms.Form):
    """A stage that nobody needs here, and why."""

    stage_id = forms.UUIDField(widget=forms.HiddenInput)
    words = _words(_("Why it is not needed"))


class AskForm(forms.Form):
    """More time, a suspension, or hanging up; how much, and why."""

    kind = forms.ChoiceField(label=_("What is asked for"), choices=KINDS)
    amount = _amount(_("How many"), 8)
    words = _words(_("Why"))


class DecideForm(forms.Form):
    """Granted or refused; a refusal needs words."""

    granted = forms.TypedChoiceField(
        label=_("Decision"), choices=[("1", _("grant it")), ("0", _("refuse it"))], coerce=lambda said: said == "1"
    )
    words = forms.CharField(
        label=_("Words to the unit"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReviewForm(forms.Form):
    """Why it stays hung up, and when it is looked at again."""

    words = _words(_("Why it stays hung up"))
    days = _amount(_("Days until the next review"), 30)


class ObjectForm(forms.Form):
    """Why the event is another's."""

    reason = forms.ChoiceField(label=_("Reason"), choices=events.Objection.Reason.choices)
    words = _words(_("In a sentence or two, with the rule it rests on"))


class ArbitrateForm(forms.Form):
    """Which unit has it, where that holds from now on, and why."""

    unit_id = forms.TypedChoiceField(label=_("This unit has it"), coerce=int, widget=LongSelect)
    several = forms.BooleanField(
        label=_("Several units are concerned: the one asked first leads, this one helps"), required=False
    )
    area = forms.ChoiceField(label=_("From now on, events of this matter go to it"), choices=AREAS)
    words = _words(_("Why; later events refer to this"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer all units."""
        super().__init__(*args, **kwargs)
        units = [(unit.id, unit.name) for unit in accounts.units()]
        self.fields["unit_id"].choices = [("", _("choose a unit")), *units]  # type: ignore[attr-defined]
