"""What an auditor asks of the ledger, and says to a review."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.leaf import first_id_at


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


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
