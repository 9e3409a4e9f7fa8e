"""The acts that correct an event: its place or its matter was wrong, so another unit may have to take it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.correct import MatterCorrectionForm, PlaceCorrectionForm
from linli.site.slots import DeskAct, at_step

ONCE = _("The unit that answers then gets it. This happens once; after a second correction a dispatcher decides.")


def acts() -> list[DeskAct]:
    """Return them in the order of use."""
    return [
        DeskAct(
            "correct_place", _("Correct the place"), _("The place is corrected."), _correct_place,
            at_step("redispatch"), PlaceCorrectionForm, ONCE, place=105,
        ),
        DeskAct(
            "correct_matter", _("Correct the matter"), _("The matter is corrected."), _correct_matter,
            at_step("redispatch"), MatterCorrectionForm, ONCE, place=106,
        ),
    ]  # fmt: skip


def _correct_place(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> None:
    events.correct_place(event_id=event_id, by=by, now=now, **said)


def _correct_matter(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> None:
    events.correct_matter(event_id=event_id, by=by, now=now, **said)
