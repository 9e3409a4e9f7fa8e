"""Webhooks are opened, changed, paused and ended by who looks after interfaces."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.models import Webhook
from linli.events.queries.webhooks import INTERFACES
from linli.events.rules.webhooks import KINDS
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust import api as trust

SEE = ("events.see_area", "events.see_unit")


class NothingSeenError(ValueError):
    """Who opens the webhook sees no events, so nothing could ever be told."""


def open_webhook(
    *, name: str, url: str, kinds: Sequence[str], by: accounts.Actor, now: datetime, division_id: int | None = None
) -> tuple[Webhook, str]:
    """Open a webhook in the name of the holding that may, and return it with its secret.

    It is told no more than this holding sees, and nothing once the holding ends. Raises NotAllowed, OutgoingError for
    an address that can't be one, NothingSeenError.
    """
    trust.require(by, INTERFACES)
    kernel.check_target(url)
    holding = next((held for held in by.holdings_with(INTERFACES) if held.capabilities & set(SEE)), None)
    if holding is None:
        raise NothingSeenError
    secret = kernel.new_secret()
    with transaction.atomic():
        webhook = Webhook.objects.create(
            name=name, url=url, kinds=_known(kinds), holding_id=holding.holding_id, division_id=division_id,
            secret=secret, made_at=now, by_id=by.person_id,
        )  # fmt: skip
        _note(webhook, by, now, "open")
    return webhook, secret


def change_webhook(
    *, webhook: Webhook, name: str, url: str, kinds: Sequence[str], by: accounts.Actor, now: datetime
) -> None:
    """Change name, address and kinds; what waits goes to the new address, at once."""
    kernel.check_target(url)
    with transaction.atomic():
        row = _locked(webhook, by)
        row.name, row.url, row.kinds, row.next_try_at, row.failures = name, url, _known(kinds), None, 0
        row.save(update_fields=["name", "url", "kinds", "next_try_at", "failures"])
        _note(row, by, now, "change")
        journal.publish(facts.DeliveriesWanted(webhook_id=row.id), now=now)


def renew_secret(*, webhook: Webhook, by: accounts.Actor, now: datetime) -> str:
    """Give the webhook a new secret, which signs from the next attempt on, and return it."""
    secret = kernel.new_secret()
    with transaction.atomic():
        row = _locked(webhook, by)
        row.secret = secret
        row.save(update_fields=["secret"])
        _note(row, by, now, "secret")
    return secret


def pause_webhook(*, webhook: Webhook, by: accounts.Actor, now: datetime, paused: bool) -> None:
    """Hold back what is told, which then waits in order; or let it go on."""
    with transaction.atomic():
        row = _locked(webhook, by)
        row.paused_at, row.next_try_at = (now if paused else None), None
        row.save(update_fields=["paused_at", "next_try_at"])
        _note(row, by, now, "pause" if paused else "resume")
        if not paused:
            journal.publish(facts.DeliveriesWanted(webhook_id=row.id), now=now)


def end_webhook(*, webhook: Webhook, by: accounts.Actor, now: datetime) -> None:
    """End a webhook for good: nothing more is told or sent, what was sent stays listed."""
    with transaction.atomic():
        row = _locked(webhook, by)
        if row.ended_at is None:
            row.ended_at = now
            row.save(update_fields=["ended_at"])
            _note(row, by, now, "end")


def _known(kinds: Sequence[str]) -> list[str]:
    return [kind for kind in KINDS if kind in kinds]


def _locked(webhook: Webhook, by: accounts.Actor) -> Webhook:
    trust.require(by, INTERFACES, webhook)
    return Webhook.objects.select_for_update(of=("self",)).get(pk=webhook.pk)


def _note(webhook: Webhook, by: accounts.Actor, now: datetime, element: str) -> None:
    trust.record(
        by=by, action="change", purpose="events.webhooks", subjects=[], object_kind="webhook", object_id=webhook.id,
        elements=[element], now=now,
    )  # fmt: skip
