"""Messages are kept in the transaction of their occasion, sent by a channel, tried again for two days, then listed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from linli.accounts import facts, slots
from linli.accounts.models import Message, NoticeAddress, Unit
from linli.accounts.queries.messages import MESSAGES, addresses_in_use, due_messages, messages_seen_by
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.addresses import clean_address, shown_address
from linli.accounts.rules.refusals import BadAddressError, NotAllowedError
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions

AT_ONCE, DOWN_AFTER = 200, 3


def post_message(
    *, channel: str, to: str, text: str, kind: str, key: str, unit_id: int | None, now: datetime, about: str = ""
) -> Message:
    """Keep a message and have it sent soon; with a key that was used before it is the message of then.

    `unit_id` looks after it, `about` is the number of the business. Raises BadAddressError, UnknownPluginError.
    """
    takes = slots.channels.get(channel).takes
    address = clean_address(takes, to)
    if address is None:
        raise BadAddressError
    values = {
        "channel": channel, "to": address, "shown": shown_address(takes, address), "text": text, "kind": kind,
        "about": about, "unit_id": unit_id, "made_at": now, "next_try_at": now,
    }  # fmt: skip
    with transaction.atomic():
        message, is_new = Message.objects.get_or_create(key=key, defaults=values)
        if is_new:
            journal.publish(facts.MessagesWaiting(channel=channel), now=now)
    return message


def tell_unit(
    *, unit_id: int, text: str, key: str, now: datetime, about: str = "", kind: str = Message.Kind.DISPATCH
) -> int:
    """Post a text to every address of the unit and of the people on duty for it; return how many those are."""
    rows = list(addresses_in_use(now=now).filter(unit_id=unit_id).order_by("id"))
    for row in rows:
        post_message(
            channel=row.channel, to=row.address.reveal(), text=text, kind=kind,
            key=f"{key}:{row.pk}", unit_id=unit_id, now=now, about=about,
        )  # fmt: skip
    return len(rows)


def send_messages(*, channel: str, now: datetime) -> int:
    """Send what is due on a channel and return how many went out. A channel that fails three times is left for later.

    Nothing in the database is held while the channel works.
    """
    sent = failed = 0
    for message in due_messages(channel, now)[:AT_ONCE]:
        if _attempt(message, now):
            sent, failed = sent + 1, 0
        else:
            failed += 1
        if failed == DOWN_AFTER:
            break
    return sent


def retry_messages(*, by: Actor, now: datetime, message_id: UUID | None = None, since: datetime | None = None) -> int:
    """Send again what could not be delivered: one message, or all made since a moment; return how many."""
    with transaction.atomic():
        rows = _lost(by, message_id, since)
        channels = list(rows.values_list("channel", flat=True).distinct())
        count = rows.update(state=Message.State.WAITING, attempts=0, next_try_at=now, error="")
        for channel in channels:
            journal.publish(facts.MessagesWaiting(channel=channel), now=now)
    return count


def drop_message(*, message_id: UUID, by: Actor) -> int:
    """Take an undeliverable message off the list: somebody has told the person in another way."""
    return _lost(by, message_id, None).update(state=Message.State.DROPPED)


def add_notice_address(*, unit: Unit, channel: str, address: str, by: Actor, now: datetime) -> NoticeAddress:
    """Let a unit be told of work at this address. Raises NotAllowedError, BadAddressError."""
    _need(by, unit)
    takes = slots.channels.get(channel).takes
    clean = clean_address(takes, address)
    if clean is None:
        raise BadAddressError
    secret = kernel.new_secret() if takes == "url" else ""
    return NoticeAddress.objects.create(
        unit=unit, channel=channel, address=clean, shown=shown_address(takes, clean), secret=secret, made_at=now
    )


def end_notice_address(*, address: NoticeAddress, by: Actor, now: datetime) -> None:
    """Tell a unit no more at this address."""
    _need(by, address.unit)
    NoticeAddress.objects.filter(pk=address.pk, ended_at=None).update(ended_at=now)


def forget_messages(*, before: datetime) -> int:
    """Delete messages that are over and older than this, with their addresses and texts."""
    return Message.objects.filter(made_at__lt=before).exclude(state=Message.State.WAITING).delete()[0]


def _attempt(message: Message, now: datetime) -> bool:
    message.attempts += 1
    try:
        _hand_over(message)
    except Exception as error:  # noqa: BLE001  a channel may raise anything
        said = str(error) if isinstance(error, kernel.OutgoingError) else type(error).__name__
        pause = kernel.pause_after(message.attempts)
        message.error = said[:200]
        message.state = Message.State.DEAD if pause is None else Message.State.WAITING
        message.next_try_at = now + (pause or kernel.LONGEST_PAUSE)
    else:
        message.error, message.state, message.sent_at = "", Message.State.SENT, now
    message.save(update_fields=["attempts", "error", "state", "next_try_at", "sent_at"])
    return not message.error


def _hand_over(message: Message) -> None:
    channel = slots.channels.get(message.channel)
    to, text = message.to.reveal(), message.text.reveal()
    signs = getattr(channel, "send_signed", None)
    if signs is None:
        channel.send(to, text)
        return
    rows = NoticeAddress.objects.filter(unit=message.unit, channel=message.channel, ended_at=None, person=None)
    row = next((one for one in rows if one.address.reveal() == to), None)
    signs(to, text, row.secret.reveal() if row and row.secret else "")


def _lost(by: Actor, message_id: UUID | None, since: datetime | None) -> "QuerySet[Message]":
    rows = messages_seen_by(by).filter(state=Message.State.DEAD)
    if message_id is not None:
        rows = rows.filter(pk=message_id)
    return rows.filter(made_at__gte=since) if since else rows


def _need(by: Actor, unit: Unit) -> None:
    areas = (regions.descendants(held.division_id) for held in by.holdings_with(MESSAGES))
    if by.kind != "system" and not any(unit.division_id in area for area in areas):
        raise NotAllowedError
