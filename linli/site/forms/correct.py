"""The forms that correct where an event is, and what it is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.events import api as events
from linli.regions import api as regions
from linli.site.forms.desk import REQUIRED, LongSelect

STREET, COMMUNITY = 4, 5


class PlaceCorrectionForm(forms.Form):
    """The street or community in which an event really is."""

    division_id = forms.TypedChoiceField(label=_("Where it is"), coerce=int, widget=LongSelect, error_messages=REQUIRED)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    words = forms.CharField(label=_("Why"), required=False, max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the streets and communities of the county."""
        super().__init__(*args, **kwargs)
        self.fields["division_id"].choices = [("", _("choose a place")), *_places()]  # type: ignore[attr-defined]


class MatterCorrectionForm(forms.Form):
    """The matter that an event is really about."""

    matter_code = forms.ChoiceField(label=_("Matter"), widget=LongSelect, error_messages=REQUIRED)
    words = forms.CharField(label=_("Why"), required=False, max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the matters in force."""
        super().__init__(*args, **kwargs)
        matters = [(duty.code, f"{duty.code} {duty.name}") for duty in events.matters_in_force()]
        self.fields["matter_code"].choices = [("", _("choose a matter")), *matters]  # type: ignore[attr-defined]


def _places() -> list[tuple[int, str]]:
    county = events.home_county()
    places = [regions.division(one) for one in regions.descendants(county)] if county else []
    below = sorted(
        (one for one in places if one.is_current and one.level in {STREET, COMMUNITY}), key=lambda one: one.code
    )
    names = {one.id: one.name for one in below}
    return [(one.id, f"{names.get(one.parent_id or 0, '')} {one.name}".strip()) for one in below]
