"""The forms of the interfaces: a webhook, and from when to send again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.events import api as events
from linli.kernel import api as kernel


class WebhookForm(forms.Form):
    """Who outside is told, and of what."""

    name = forms.CharField(label=_("Who is told"), max_length=100, help_text=_("Such as: platform of the city"))
    url = forms.CharField(
        label=_("Web address"), max_length=500, help_text=_("Begins with https://. Messages are posted there, signed.")
    )
    kinds = forms.MultipleChoiceField(
        label=_("What of"), choices=list(events.WEBHOOK_KINDS.items()), widget=forms.CheckboxSelectMultiple
    )

    def clean_url(self) -> str:
        """Return the address when it can be one."""
        url = str(self.cleaned_data["url"]).strip()
        try:
            kernel.check_target(url)
        except kernel.OutgoingError as refused:
            raise forms.ValidationError(str(refused)) from refused
        return url


class SinceForm(forms.Form):
    """From when to send again."""

    since = forms.DateTimeField(
        label=_("Since"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    lost_only = forms.BooleanField(label=_("Only what was given up"), required=False, initial=True)


class OpenMattersForm(forms.Form):
    """Which matters everybody may read."""

    codes = forms.MultipleChoiceField(required=False)
    exact = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the matters in force."""
        super().__init__(*args, **options)
        matters = [(duty.code, duty.name) for duty in events.matters_in_force()]
        for name in ("codes", "exact"):
            self.fields[name].choices = matters  # type: ignore[attr-defined]
