"""The form with which a unit asks to leave an event out of a measure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.insight import api as insight
from linli.site.forms.desk import REQUIRED


class ExcludeForm(forms.Form):
    """Which measure, the reason, and why it holds."""

    measure = forms.ChoiceField(label=_("Measure"))
    reason = forms.ChoiceField(label=_("Reason"))
    words = forms.CharField(
        label=_("Why this reason holds"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=REQUIRED,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the measures in force and the reasons that one of them allows."""
        super().__init__(*args, **kwargs)
        known = insight.measures_in_force()
        reasons = dict.fromkeys(reason for one in known for reason in one.reasons)
        self.fields["measure"].choices = [(one.code, one.name) for one in known if one.reasons]  # type: ignore[attr-defined]
        self.fields["reason"].choices = [(code, insight.reason_words(code)) for code in reasons]  # type: ignore[attr-defined]
