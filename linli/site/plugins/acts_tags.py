"""The act that makes a list of those whom an event concerns."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.registry import api as registry
from linli.site.forms.tagged import EventTagForm
from linli.site.slots import DeskAct

LONGEST = 40


class ListNotMadeError(events.RefusedError):
    """A tag of an event that the registry does not take."""

    sentence = _(
        "The list can't be made like this: the name is taken in the area, or the area or grade is not your post's."
    )


def acts() -> list[DeskAct]:
    """Return it."""
    return [
        DeskAct(
            "tag", _("List those concerned"), _("The list is there: open it under “People and houses concerned”."),
            _make, _may, EventTagForm,
            _("People or houses are given its tag; it ends by itself with the event."), place=75, initial=_filled,
        )
    ]  # fmt: skip


def _make(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> registry.Tag:
    event = events.events_seen_by(by).get(pk=event_id)
    division_id = getattr(event, f"{said.pop('reach')}_id")
    if division_id is None:
        raise ListNotMadeError
    draft = registry.TagDraft(
        **said, division_id=division_id, about="event", occasion="event", occasion_key=str(event_id)
    )
    try:
        return registry.define_tag(draft=draft, by=by, now=now)
    except registry.TagRefusedError as refused:
        raise ListNotMadeError from refused


def _may(found: events.Case, actor: accounts.Actor) -> bool:
    return found.event.is_open and actor.can("registry.tags")


def _filled(found: events.Case) -> Mapping[str, Any]:
    """Return a name without a word of the event: whoever sees the tag need not see the event."""
    event = found.event
    number = event.number.partition("-")[2] or event.number
    matter = event.matter.name if event.matter else ""
    return {"name": f"{matter[: LONGEST - len(number) - 1]} {number}".strip()}
