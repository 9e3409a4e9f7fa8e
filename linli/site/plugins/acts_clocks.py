"""The acts about time and about whose event it is: pause, ask for time, decide, go on, review, object, arbitrate."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.clocks import (
    ArbitrateForm,
    AskForm,
    DecideForm,
    ObjectForm,
    PauseForm,
    ReviewForm,
    StageForm,
    StageNotNeededForm,
)
from linli.site.forms.desk import WordsForm
from linli.site.slots import DeskAct, acting, never

ARBITRATE = "events.arbitrate"


def acts() -> list[DeskAct]:
    """Return them in the order of use."""
    return [*_of_the_centre(), *_of_the_unit(), *_of_a_stage()]


def _of_the_centre() -> list[DeskAct]:
    return [
        DeskAct(
            "arbitrate", _("Decide on the objection"), _("It is decided; the next such event follows it at once."),
            _arbitrate, _is_office, ArbitrateForm,
            _("The unit has it at once, its deadlines begin now, and the decision is kept as a precedent."),
            place=3, initial=_objecting,
        ),
        DeskAct(
            "decide-time", _("Decide on the wish for time"), _("The unit reads your decision."),
            acting(events.decide_time), _is_asked, DecideForm, place=5,
        ),
        DeskAct(
            "review", _("Leave hung up until another review"), _("It stays hung up until the new date of review."),
            acting(events.review_hang_up), _reviewed, ReviewForm, place=95,
        ),
    ]  # fmt: skip


def _of_the_unit() -> list[DeskAct]:
    return [
        DeskAct(
            "resume", _("Let the clock go on"), _("The clock goes on."),
            acting(events.resume_event), _goes_on, WordsForm, place=15,
        ),
        DeskAct(
            "pause", _("Wait for the reporter"), _("The clock stands, and the reporter reads what you wait for."),
            acting(events.pause_event), _can_hold, PauseForm,
            _("The clock stands until they answer, at most until the limit; then it goes on by itself."), place=84,
        ),
        DeskAct(
            "ask-time", _("Ask for more time"), _("The county centre decides."),
            acting(events.ask_for_time), _can_ask, AskForm,
            _("The clock goes on until the county centre has decided."), place=86,
        ),
        DeskAct(
            "object", _("Object"), _("The objection is on its way; you have the event until it is decided."),
            acting(events.object_to_event), _can_object, ObjectForm,
            _("Once, and in time. The office decides, and its decision holds for the next such event too."), place=98,
            beside="accept",
        ),
    ]  # fmt: skip


def _of_a_stage() -> list[DeskAct]:
    """Return the acts that stand beside a stage of the handling limit, not among those of the event."""
    return [
        DeskAct(
            "limit_stage", _("Stage done"), _("The stage is done."),
            acting(events.end_stage, needed=True), never, StageForm,
        ),
        DeskAct(
            "limit_stage_skip", _("Not needed"), _("The stage is ended as not needed."),
            acting(events.end_stage, needed=False), never, StageNotNeededForm,
        ),
    ]  # fmt: skip


def _can_hold(found: events.Case, _actor: accounts.Actor) -> bool:
    return "pause" in found.steps and not found.event.held


def _can_ask(found: events.Case, _actor: accounts.Actor) -> bool:
    return "ask_clock" in found.steps and not _asked(found)


def _goes_on(found: events.Case, _actor: accounts.Actor) -> bool:
    return "resume" in found.steps and found.event.held not in {"", "objection"}


def _reviewed(found: events.Case, _actor: accounts.Actor) -> bool:
    return "review" in found.steps and found.event.held == "hang_up"


def _is_asked(found: events.Case, actor: accounts.Actor) -> bool:
    asked = _asked(found)
    return bool(asked) and "decide_clock" in found.steps and asked[0].asked_by_id not in actor.persons


def _can_object(found: events.Case, _actor: accounts.Actor) -> bool:
    known = found.objections
    settled = any(not one.outcome or one.unit_id == found.event.lead_unit_id for one in known)
    return "object" in found.steps and not found.event.level and not settled


def _is_office(found: events.Case, actor: accounts.Actor) -> bool:
    waiting = [one for one in found.objections if not one.outcome]
    return bool(waiting) and waiting[0].office_id in {held.unit_id for held in actor.holdings_with(ARBITRATE)}


def _asked(found: events.Case) -> list[events.ClockSpan]:
    return [span for span in found.spans if span.outcome == events.ClockSpan.Outcome.ASKED]


def _objecting(found: events.Case) -> Mapping[str, Any]:
    return {"area": "street" if found.event.street_id else "county"}


def _arbitrate(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> None:
    """Where several units are concerned, the one that was asked first leads and the chosen one helps."""
    several, chosen = said.pop("several"), said.pop("unit_id")
    lead = events.first_unit_of(events.Event.objects.get(pk=event_id)) if several else chosen
    helpers = [chosen] if several and chosen != lead else []
    events.decide_objection(event_id=event_id, by=by, now=now, unit_id=lead, helper_ids=helpers, **said)
