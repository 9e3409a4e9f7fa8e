"""Messages: what is due on a channel, and what somebody looks after."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from linli.accounts import slots
from linli.accounts.models import Message, NoticeAddress, Unit
from linli.accounts.queries.roster import shifts_at
from linli.accounts.rules.actor import Actor
from linli.kernel import api as kernel
from linli.regions import api as regions

MESSAGES, PAGE = "accounts.messages", 50


def units_looked_after(actor: Actor) -> "QuerySet[Unit]":
    """Return the open units in the areas where this person looks after messages."""
    inside: frozenset[int] = frozenset()
    for held in actor.holdings_with(MESSAGES):
        inside |= regions.descendants(held.division_id)
    return Unit.objects.filter(division_id__in=inside, closed_at=None).order_by("code")


def messages_seen_by(actor: Actor) -> "QuerySet[Message]":
    """Return the messages of the units that this person looks after."""
    if actor.kind == "system":
        return Message.objects.all()
    return Message.objects.filter(unit__in=units_looked_after(actor))


def messages_page(actor: Actor, *, state: str, cursor: str | None) -> kernel.Page[Message]:
    """Return a page of messages of one state, or of all, the newest first."""
    rows = messages_seen_by(actor).select_related("unit")
    if state in Message.State.values:
        rows = rows.filter(state=state)
    return kernel.keyset_page(rows, order=("-id",), cursor=cursor, size=PAGE)


def message_counts(actor: Actor) -> dict[str, int]:
    """Return how many messages stand in each state."""
    rows = messages_seen_by(actor).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows.values_list("state", "n"))


def due_messages(channel: str, now: datetime) -> "QuerySet[Message]":
    """Return what may be tried now on a channel, in order."""
    rows = Message.objects.filter(channel=channel, state=Message.State.WAITING, next_try_at__lte=now)
    return rows.order_by("next_try_at", "id")


def due_channels(now: datetime) -> list[str]:
    """Return the channels on which something is due."""
    rows = Message.objects.filter(state=Message.State.WAITING, next_try_at__lte=now).order_by()
    return list(rows.values_list("channel", flat=True).distinct())


def notice_addresses(actor: Actor) -> "QuerySet[NoticeAddress]":
    """Return where the units that this person looks after are told of work; not the people on duty."""
    rows = NoticeAddress.objects.filter(unit__in=units_looked_after(actor), ended_at=None, person=None)
    return rows.select_related("unit").order_by("unit__code", "id")


def addresses_in_use(*, now: datetime) -> "QuerySet[NoticeAddress]":
    """Return where work is told of now: the addresses of units, and of the people who are on duty for them."""
    on_duty = shifts_at(now).filter(unit=OuterRef("unit_id"), person=OuterRef("person_id"))
    return NoticeAddress.objects.filter(Q(person=None) | Exists(on_duty), ended_at=None)


def units_told(*, now: datetime) -> set[int]:
    """Return the units that are told of new work at some address, their own or that of somebody on duty."""
    return set(addresses_in_use(now=now).values_list("unit_id", flat=True))


def channels_ready() -> list[slots.Channel]:
    """Return the channels that the operator has set up."""
    return [channel for channel in slots.channels.all() if getattr(channel, "is_ready", True)]


def notice_counts() -> dict[tuple[str, str], int]:
    """Return how many addresses each unit has for each channel, by the code of the unit and the channel."""
    rows = NoticeAddress.objects.filter(ended_at=None, unit__closed_at=None).order_by("unit__code", "channel")
    counted = rows.values_list("unit__code", "channel").annotate(n=Count("pk"))
    return {(unit, channel): n for unit, channel, n in counted}
