"""What measures ask of an event: to be left out of one, for a typed reason."""

from django.utils.translation import gettext_lazy as _

from linli.insight import api as insight
from linli.site.forms.measures import ExcludeForm
from linli.site.slots import DeskAct, acting


def acts() -> list[DeskAct]:
    """Return them in the order of use."""
    return [
        DeskAct(
            "exclude", _("Ask to leave it out of a measure"), _("Your request waits for somebody else to decide."),
            acting(insight.ask_exclusion), lambda _found, actor: actor.can("insight.exclude"), ExcludeForm,
            _("Somebody else decides; the raw figure stays as it is."), place=140,
        )
    ]  # fmt: skip
