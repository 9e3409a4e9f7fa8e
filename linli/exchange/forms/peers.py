"""Forms of linked nodes: an anchor that was compared, and a slice that a node is told of."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.exchange import api as exchange
from linli.exchange.rules.slices import SENSITIVE
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

REQUIRED = {"required": _("Fill this in, please.")}
STEMS = ("person", "house", "organisation", "household", "building", "place", "thing")


class AnchorForm(forms.Form):
    """The anchor of another node, and that its fingerprint was compared."""

    anchor = forms.CharField(
        label=_("Anchor of the other node"), widget=forms.Textarea(attrs={"rows": 6}), error_messages=REQUIRED,
        help_text=_("The whole text that the other side copied from its page of linked nodes."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Where it stands"), choices=exchange.Peer.Place.choices)
    compared = forms.BooleanField(
        label=_("We read the fingerprint to each other on the telephone, and it is the same"),
        error_messages={"required": _("Call the other side on a number that you know, and compare the fingerprint.")},
    )

    def clean_anchor(self) -> exchange.Anchor:
        """Return the anchor."""
        try:
            return exchange.read_anchor(self.cleaned_data["anchor"])
        except exchange.AnchorRefusedError as refused:
            raise forms.ValidationError(str(refused)) from refused


class SliceForm(forms.Form):
    """What a node is told of."""

    name = forms.CharField(label=_("Name of the slice"), max_length=100, error_messages=REQUIRED)
    division = forms.TypedChoiceField(label=_("Area"), coerce=int)
    elements = forms.MultipleChoiceField(
        label=_("Elements"), widget=forms.CheckboxSelectMultiple, error_messages=REQUIRED,
        help_text=_("Only these values go out; what is not shared, or kept under its own permission, is left out."),
    )  # fmt: skip
    purpose = forms.CharField(label=_("Purpose"), max_length=200, error_messages=REQUIRED)
    basis = forms.CharField(label=_("Legal basis"), max_length=200, error_messages=REQUIRED)
    until = forms.DateField(
        label=_("Valid until"), error_messages=REQUIRED,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At the end of this day the feed closes."),
    )  # fmt: skip

    def __init__(self, *args: Any, sensitive: bool, divisions: list[int], **kwargs: Any) -> None:
        """Offer the areas of who grants, and the elements that may be told."""
        super().__init__(*args, **kwargs)
        division: Any = self.fields["division"]
        division.choices = [(key, regions.division(key).name) for key in divisions]
        elements: Any = self.fields["elements"]
        elements.choices = _offered(sensitive=sensitive)

    def slice(self) -> exchange.Slice:
        """Return what was described."""
        said = self.cleaned_data
        end = datetime.combine(said["until"], time.max, timezone.get_current_timezone())
        return exchange.Slice(
            said["name"], said["division"], tuple(said["elements"]), said["purpose"], said["basis"], end
        )


def _offered(*, sensitive: bool) -> list[tuple[Any, list[tuple[str, str]]]]:
    return [
        (registry.KINDS[kind].label, [
            (f"{kind}.{code}", one.label) for code, one in registry.elements_of(kind).items()
            if one.sharing != "none" and (sensitive or trust.handling(one.grade).step < SENSITIVE)
        ])
        for kind in STEMS
    ]  # fmt: skip
