"""Looks whether the use ledger holds: newest seals, what waits too long, heads that do not fit, the whole check."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.trust.models import HeadProblem, LedgerEntry, Seal
from linli.trust.queries.alerts import mark
from linli.trust.queries.found import LedgerCheck
from linli.trust.queries.leaves import last_seal
from linli.trust.queries.ledger import verify_newest
from linli.trust.rules.alerts import NODE, URGENT, WARNING, Sighting, Standing
from linli.trust.rules.leaf import first_id_at
from linli.trust.rules.watch_limits import Limits

WHOLE = "ledger.whole"
TOO_LONG = timedelta(minutes=10)  # between writing an entry and sealing it


def watch_ledger(*, now: datetime, limits: Limits) -> Sequence[Sighting]:
    """Verify the newest seals and what else can be seen at once."""
    return [*broken(verify_newest(), now=now), *_waiting(now), *_conflicts(), *_overdue(now, limits)]


def broken(check: LedgerCheck, *, now: datetime) -> Iterator[Sighting]:
    """Yield that a verification found something; counted once an hour."""
    if check.problem_count:
        key = f"{now:%Y-%m-%dT%H}"
        yield Sighting("ledger.broken", key, NODE, URGENT, {"problems": check.problem_count})


def ledger_standing(*, now: datetime, limits: Limits) -> Sequence[Standing]:
    """Say when the whole ledger was verified, and with what result."""
    last = mark(WHOLE)
    if last is None:
        return [Standing(_("Whole ledger verified"), _("not verified yet"), "amber")]
    said = {"when": timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M"), **last.content}
    if last.content["problems"]:
        return [Standing(_("Whole ledger verified"), _("%(when)s: %(problems)d faults") % said, "red")]
    tone = "green" if now - last.at <= timedelta(hours=limits["verify_hours"]) else "amber"
    return [Standing(_("Whole ledger verified"), _("%(when)s: %(sealed)d entries, no fault") % said, tone)]


def _waiting(now: datetime) -> Iterator[Sighting]:
    last = last_seal()
    since = first_id_at(last.made_at + TOO_LONG) if last else first_id_at(datetime.fromtimestamp(0, now.tzinfo))
    waiting = LedgerEntry.objects.filter(pk__gte=since, pk__lt=first_id_at(now - TOO_LONG)).order_by("pk")
    first = waiting.values_list("at", flat=True).first()
    if first is not None:
        minutes = round((now - first).total_seconds() / 60)
        yield Sighting("ledger.waiting", f"{now:%Y-%m-%dT%H}", NODE, URGENT, {"minutes": minutes})


def _conflicts() -> Iterator[Sighting]:
    for row in HeadProblem.objects.filter(settled_at=None).order_by("id"):
        yield Sighting("ledger.witness", f"{row.pk:012d}", f"peer:{row.node}", URGENT, {"node": row.name})


def _overdue(now: datetime, limits: Limits) -> Iterator[Sighting]:
    last, first = mark(WHOLE), Seal.objects.order_by("number").first()
    since = last.at if last else first.made_at if first else now
    hours = round((now - since).total_seconds() / 3600)
    if hours > limits["verify_hours"]:
        yield Sighting("ledger.unverified", f"{now:%Y-%m-%d}", NODE, WARNING, {"hours": hours})
