"""The act that makes an answer public, so that the next person who wonders finds it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.voice import PublishForm
from linli.site.slots import DeskAct, acting


def acts() -> list[DeskAct]:
    """Return them in the order of use."""
    return [
        DeskAct(
            "publish", _("Make the answer public"), _("The answer is public."),
            acting(events.publish_answer), _may_publish, PublishForm,
            _("Everybody can read it; it can be taken back."), place=130, initial=_from_event,
        ),
        DeskAct(
            "withdraw_answer", _("Take the public answer back"), _("The answer is not public any more."),
            _withdraw, _may_withdraw, place=131,
        ),
    ]  # fmt: skip


def _withdraw(event_id: UUID, by: accounts.Actor, now: datetime, _said: dict[str, Any]) -> None:
    for answer_id in events.public_answers().filter(event_id=event_id).values_list("id", flat=True):
        events.withdraw_answer(answer_id=answer_id, by=by, now=now)


def _may_withdraw(found: events.Case, actor: accounts.Actor) -> bool:
    return found.is_public and actor.can("events.check")


def _may_publish(found: events.Case, actor: accounts.Actor) -> bool:
    event = found.event
    ended_well = event.close_reason in {events.Event.CloseReason.SOLVED, events.Event.CloseReason.EXPLAINED}
    return ended_well and bool(event.public_answer) and actor.can("events.check") and not found.is_public


def _from_event(found: events.Case) -> Mapping[str, Any]:
    event = found.event
    return {"question": event.title, "asked": event.text, "answer": event.public_answer}
