"""Leave cover 代班: a holding is lent to a colleague until a moment, taken back or given back; how long it may last."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import facts
from linli.accounts.actions.tell import tell
from linli.accounts.models import Cover, CoverLimits, Holding
from linli.accounts.queries import authority
from linli.accounts.queries import cover as queries
from linli.accounts.rules import cover as rules
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.cover import CoverRefusedError
from linli.accounts.rules.refusals import NotAllowedError


@transaction.atomic
def lend_holding(
    *, holding_id: UUID, to: UUID, first: date, ends_at: datetime, why: str, by: Actor, now: datetime,
    capabilities: Collection[str] | None = None,
) -> Cover:  # fmt: skip
    """Let a colleague of the same unit or the one above act in place of somebody, from a day until a moment.

    By who is covered for, or by their lead. `capabilities` are those that are lent, all that may be unless named.
    Raises NotAllowedError, CoverRefusedError.
    """
    source = _source(holding_id, by, now)
    zone = timezone.get_current_timezone()
    span = {"first": first, "ends_at": ends_at, "today": timezone.localdate(now), "now": now, "zone": zone}
    rules.check_span(queries.cover_limits(), **span)  # type: ignore[arg-type]
    last = rules.last_day(ends_at, zone)
    if source.valid_from > first or (source.valid_to and source.valid_to < last):
        raise CoverRefusedError(_("The post itself is not held for so long. Set an earlier end."))
    lent = _lent(source, capabilities)
    _check_colleague(source, to, by, first, last, now)
    row = Holding.objects.create(
        person_id=to, post_id=source.post_id, unit_id=source.unit_id, division_id=source.division_id,
        grid_id=source.grid_id, valid_from=first, valid_to=last, ends_at=ends_at, capabilities=lent, lent_by=source,
        basis=f"{rules.BASIS}{source.person_id}",
    )  # fmt: skip
    cover = Cover.objects.create(holding=row, why=_why(why), made_at=now, made_by_id=by.person_id)
    told = facts.HoldingLent(
        cover_id=cover.pk, holding_id=row.pk, person_id=to, in_place_of=source.person_id, unit_id=row.unit_id,
        valid_from=first, ends_at=ends_at, capabilities=tuple(lent), by_person_id=by.person_id,
    )  # fmt: skip
    tell(told, by=by, now=now)
    return cover


@transaction.atomic
def end_cover(*, cover_id: UUID, by: Actor, now: datetime) -> Cover:
    """End a cover at once: by who is covered for, who covers, or the lead.

    Raises NotAllowedError, CoverRefusedError.
    """
    cover = Cover.objects.select_related("holding__lent_by").select_for_update(of=("self",)).get(pk=cover_id)
    row, source = cover.holding, cover.holding.lent_by
    concerned = by.person_id in {row.person_id, source.person_id if source else None}
    if not concerned and by.kind != "system" and not queries.covers_led(by, at=now).filter(pk=cover.pk).exists():
        raise NotAllowedError
    if row.ended_at is not None or (row.ends_at and row.ends_at <= now):
        raise CoverRefusedError(_("This cover has ended already."))
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    cover.ended_by_id = by.person_id
    cover.save(update_fields=["ended_by"])
    told = facts.CoverEnded(
        cover_id=cover.pk, person_id=row.person_id, in_place_of=source.person_id if source else row.person_id,
        by_person_id=by.person_id,
    )  # fmt: skip
    tell(told, by=by, now=now)
    return cover


@transaction.atomic
def set_cover_limits(*, limits: rules.Limits, by: Actor, now: datetime) -> CoverLimits:
    """Say how long somebody may be covered for, from now on. Raises NotGrantorError, CoverRefusedError."""
    authority.need_grant_everywhere(by)
    rules.check_limits(limits)
    row = CoverLimits.objects.create(
        longest_days=limits.longest_days, ahead_days=limits.ahead_days, made_at=now, made_by_id=by.person_id
    )
    told = facts.CoverLimitsSet(
        number=row.number, longest_days=row.longest_days, ahead_days=row.ahead_days, by_person_id=by.person_id
    )
    tell(told, by=by, now=now)
    return row


def _source(holding_id: UUID, by: Actor, now: datetime) -> Holding:
    """Return the holding that is covered for, locked. It is the actor's own, or of somebody they lead."""
    if by.acting or by.person_id is None:
        raise CoverRefusedError(
            _("In place of somebody else you can't let others cover. Go back to your own post first.")
        )
    mine = queries.own_holdings(by.person_id, at=now).filter(pk=holding_id)
    theirs = queries.held_by_others(by, at=now).filter(pk=holding_id)
    if not mine.exists() and not theirs.exists():
        raise NotAllowedError
    return Holding.objects.select_for_update(of=("self",)).select_related("post", "unit").get(pk=holding_id)


def _lent(source: Holding, wanted: Collection[str] | None) -> list[str]:
    may = queries.lendable_of(source)
    lent = may if wanted is None else sorted(set(wanted))
    if not lent:
        raise CoverRefusedError(_("Nothing of this post may be lent. Ask the security administrator."))
    if not set(lent) <= set(may):
        raise CoverRefusedError(_("Some of this may not be done in place of somebody else. Choose from the list."))
    return lent


def _check_colleague(  # noqa: PLR0917  private: one cover as it would be
    source: Holding, to: UUID, by: Actor, first: date, last: date, now: datetime
) -> None:
    if to == by.person_id:
        raise CoverRefusedError(_("Nobody appoints themselves. Let the person, or the security administrator, do it."))
    if not queries.colleagues_for(source, at=now).filter(pk=to).exists():
        raise CoverRefusedError(_("Only a colleague of the same unit or of the one above it covers. Choose another."))
    same = queries.still_open(Cover.objects.filter(holding__person_id=to, holding__lent_by=source), at=now)
    begins = rules.midnight(first, timezone.get_current_timezone())
    if same.filter(holding__valid_from__lte=last, holding__ends_at__gt=begins).exists():
        raise CoverRefusedError(_("This colleague covers here in that time already. End that first."))


def _why(why: str) -> str:
    if why not in Cover.Why.values:
        raise CoverRefusedError(_("Say why the person is covered for."))
    return why
