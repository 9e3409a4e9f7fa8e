"""The forms of joint handling: a task for another unit, its answer and sign-off, a call, a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.desk import REQUIRED, LongSelect

MOST = 400
WHOLE = {**REQUIRED, "invalid": _("Write a whole number."), "min_value": _("A limit must be at least 1."),
         "max_value": _("A limit must be at most 400.")}  # fmt: skip


class _WithLimit(forms.Form):
    """A limit and its unit of time."""

    limit = forms.IntegerField(label=_("Limit"), min_value=1, max_value=MOST, initial=1, error_messages=WHOLE)
    limit_unit = forms.ChoiceField(label=_("Unit of time"), choices=events.LimitUnit.choices)


class TaskForm(_WithLimit):
    """A task for another unit."""

    unit_id = forms.TypedChoiceField(label=_("Unit"), coerce=int, widget=LongSelect, error_messages=REQUIRED)
    what = forms.CharField(label=_("What is it to do?"), max_length=300, error_messages=REQUIRED)
    closing_condition = forms.CharField(
        label=_("Done when"), max_length=200, required=False, help_text=_("What you will look at when you sign it off.")
    )
    field_order = ("unit_id", "what", "closing_condition", "limit", "limit_unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer all units that work."""
        super().__init__(*args, **kwargs)
        units = [(unit.id, unit.name) for unit in accounts.units()]
        self.fields["unit_id"].choices = [("", _("choose a unit")), *units]  # type: ignore[attr-defined]
        self.fields["limit_unit"].initial = events.LimitUnit.WORK_DAY


class TaskAnswerForm(forms.Form):
    """What a unit did."""

    task_id = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("What was done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}), error_messages=REQUIRED
    )


class TaskWordsForm(forms.Form):
    """A task and the reason."""

    task_id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("In a sentence or two"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=REQUIRED,
    )  # fmt: skip


class TaskSignForm(forms.Form):
    """A task alone."""

    task_id = forms.UUIDField(widget=forms.HiddenInput)


class WhistleForm(_WithLimit):
    """Which units are to come, why, and within how long."""

    unit_ids = forms.TypedMultipleChoiceField(
        label=_("Which units are to come?"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Name at least one unit that is to come.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Why, and where to"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), error_messages=REQUIRED
    )
    field_order = ("unit_ids", "words", "limit", "limit_unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the departments, teams and streets."""
        super().__init__(*args, **kwargs)
        units = [(unit.id, unit.name) for unit in accounts.units() if unit.kind not in {"community", "centre"}]
        self.fields["unit_ids"].choices = units  # type: ignore[attr-defined]
        self.fields["limit"].initial = 2


class RespondForm(forms.Form):
    """What a called unit says."""

    words = forms.CharField(
        label=_("Words to the caller"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class PlanForm(forms.Form):
    """Which plan begins. `initial["only"]` narrows it to those of the event's matter."""

    playbook_id = forms.TypedChoiceField(label=_("Plan"), coerce=int, error_messages=REQUIRED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the plans in force."""
        super().__init__(*args, **kwargs)
        only = self.initial.get("only")
        plans = [
            (book.id, _("%(name)s (%(count)d stages)") % {"name": book.name, "count": len(book.stages)})
            for book in events.playbooks_in_force(now=kernel.now())
            if only is None or book.id in only
        ]
        self.fields["playbook_id"].choices = plans  # type: ignore[attr-defined]
