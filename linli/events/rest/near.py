"""Before a report is sent: which open events may be the same thing, and following one of them instead."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema, Status
from pydantic import BaseModel

from linli.accounts import api as accounts
from linli.events.actions.follow import NothingToFollowError, follow_event
from linli.events.queries.case import follow_key
from linli.events.queries.near import NearEvent, near_events
from linli.events.queries.sight import events_seen_by
from linli.events.rest.events import REFUSALS, ReportIn, api
from linli.events.rules.drafts import ReportDraft, check_draft
from linli.kernel import api as kernel
from linli.trust import api as trust


class NearOut(Schema):
    """An open event that may be the same thing: nothing that says who reported it or where exactly."""

    number: str
    title: str
    place: str
    state: str
    unit_name: str
    reported_at: datetime
    metres: int | None
    score: float


class FollowIn(BaseModel):
    """Who has the same problem. The phone may stay empty."""

    text: str = Field("", max_length=2000)
    phone: str = Field("", max_length=30)


class FollowOut(Schema):
    """What a follower is told: a number of their own, and the key to look it up by."""

    number: str
    key: str
    event_number: str
    unit_name: str
    handle_due: datetime


@api.post("/near", response={200: list[NearOut], **REFUSALS})
def post_near(request: HttpRequest, report: ReportIn) -> list[NearEvent]:
    """Return the open events that may be what a report says, to ask before it is sent whether to follow one."""
    trust.require(accounts.actor_of(request), "events.report")
    draft = ReportDraft(**dict(report), channel="rest")
    check_draft(draft)
    return near_events(draft=draft, now=kernel.now())


@api.post("/events/{number}/followers", response={201: FollowOut, **REFUSALS})
def post_follower(request: HttpRequest, number: str, said: FollowIn) -> Status[dict[str, Any]]:
    """Let somebody follow an open event that the key may see, instead of reporting it again."""
    actor, now = accounts.actor_of(request), kernel.now()
    trust.require(actor, "events.report")
    found = events_seen_by(actor).filter(number=number).first()
    if found is None:
        return Status(404, {"detail": _("There is no event with this number that you may see.")})
    try:
        receipt = follow_event(event_id=found.id, by=actor, now=now, phone=said.phone, words=said.text, channel="rest")
    except NothingToFollowError as over:
        return Status(409, {"detail": str(over)})
    told = {name: getattr(receipt, name) for name in ("number", "unit_name", "handle_due")}
    return Status(201, {**told, "key": follow_key(receipt.holder_id), "event_number": number})
