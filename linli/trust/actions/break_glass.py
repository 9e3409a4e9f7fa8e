"""Break-glass 紧急查阅: opened with a reason, ended early, reviewed by somebody else, each step in the ledger."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.trust import facts, slots
from linli.trust.actions.guard import require
from linli.trust.actions.policies import next_version
from linli.trust.actions.record import record
from linli.trust.models import BreakGlass, PolicyVersion
from linli.trust.queries.break_glass import (
    OPEN_GLASS,
    POLICY,
    REVIEW,
    areas_offered,
    areas_to_open,
    glass_rules,
    holding_to_break,
    opened_this_month,
    openings_to_review,
    own_openings,
    running,
)
from linli.trust.rules.break_glass import GlassRules, Target, content_of, refusal, rules_from
from linli.trust.rules.refusals import NotAllowed

PURPOSE, KIND = "trust.break_glass", "trust.break_glass"


@transaction.atomic
def break_glass(
    *, by: accounts.Actor, now: datetime, reason: str, number: str = "", division_id: int | None = None
) -> BreakGlass:
    """Open one record by its number, or one street or community, for some minutes.

    It gives what the own post gives, elsewhere, and nothing that it lacks. Raises NotAllowed, GlassRefusedError.
    """
    require(by, OPEN_GLASS)
    glass = _glass()
    held = holding_to_break(by, glass)
    if held is None:
        raise NotAllowed(OPEN_GLASS)
    rules = glass_rules()
    _within(rules, by, reason, now)
    target = _target(glass, number, now) if number.strip() else None
    area = target.division_id if target else _area(held, division_id)
    if target and area not in {one.id for one in areas_to_open(held)}:
        raise refusal(_("Nobody in your county is found by this number."))
    _not_twice(by, area, target, now)
    key, ends_at = kernel.uuid7(), now + timedelta(minutes=rules.minutes)
    holding = accounts.open_short_holding(
        of=held.holding_id, capabilities=glass.capabilities, division_id=area, ends_at=ends_at,
        basis=f"break_glass:{key}", by=by, now=now, only_kind=target.kind if target else "",
        only_id=target.id if target else None,
    )  # fmt: skip
    row = BreakGlass.objects.create(
        id=key, person_id=holding.person_id, unit_id=held.unit_id, holding=holding, division_id=area,
        target_kind=target.kind if target else "", target_id=target.id if target else None, reason=reason.strip(),
        words=target.words if target else regions.division(area).name, opened_at=now, ends_at=ends_at,
        review_due=regions.add_working(now, days=rules.review_days),
    )  # fmt: skip
    _note(row, "break_glass", by=by, now=now, subjects=target.subjects if target else ())
    told = facts.GlassBroken(opening_id=key, person_id=row.person_id, unit_id=row.unit_id, ends_at=row.ends_at)
    journal.publish(told, now=now)
    return row


@transaction.atomic
def end_break_glass(*, opening_id: UUID, by: accounts.Actor, now: datetime) -> BreakGlass:
    """End one that runs, by who opened it or who may review it. Raises NotAllowed, GlassRefusedError."""
    row = _locked(opening_id)
    if row.person_id != by.person_id and not openings_to_review(by).filter(pk=row.pk).exists():
        raise NotAllowed(REVIEW)
    if row.ended_at is not None or row.ends_at <= now:
        raise refusal(_("This access has ended already."))
    accounts.end_short_holding(holding_id=row.holding_id, by=by, now=now)
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    _note(row, "end_break_glass", by=by, now=now)
    return row


@transaction.atomic
def review_break_glass(*, opening_id: UUID, by: accounts.Actor, now: datetime, outcome: str, words: str) -> BreakGlass:
    """Say whether it was justified 复核; nobody reviews what they opened. Raises NotAllowed, GlassRefusedError."""
    row = _locked(opening_id)
    if not openings_to_review(by).filter(pk=row.pk).exists():
        raise NotAllowed(REVIEW)
    if row.outcome:
        raise refusal(_("This access has been reviewed already."))
    if outcome not in BreakGlass.Outcome.values or not words.strip():
        raise refusal(_("Say whether it was justified, and why in a sentence."))
    row.outcome, row.review_words, row.reviewed_at, row.reviewed_by_id = outcome, words.strip(), now, by.person_id
    row.save(update_fields=["outcome", "review_words", "reviewed_at", "reviewed_by"])
    _note(row, "review_break_glass", by=by, now=now)
    told = facts.GlassReviewed(opening_id=row.pk, person_id=row.person_id, outcome=outcome, by_person_id=by.person_id)
    journal.publish(told, now=now)
    return row


@transaction.atomic
def save_glass_rules(*, content: Mapping[str, Any], by: accounts.Actor, now: datetime) -> PolicyVersion:
    """Change the limits, as a new version. Raises NotAllowed, GlassRefusedError."""
    require(by, "trust.purposes")
    rules = rules_from(content)
    if unknown := sorted(set(rules.posts) - {post.code for post in accounts.posts()}):
        raise refusal(_("There is no post %(code)s.") % {"code": unknown[0]})
    row = next_version(code=POLICY, content=content_of(rules), by=by, now=now)
    record(
        by=by, action="change", purpose=PURPOSE, subjects=[], object_kind="trust.policy", object_id=POLICY,
        elements=[f"version.{row.number}"], now=now,
    )  # fmt: skip
    return row


def _glass() -> slots.Glass:
    (glass,) = slots.glasses.all()
    return glass


def _within(rules: GlassRules, by: accounts.Actor, reason: str, now: datetime) -> None:
    if len("".join(reason.split())) < rules.shortest_reason:
        raise refusal(_("Write the reason so that somebody else can judge it, in at least %(n)s letters.")
                      % {"n": rules.shortest_reason})  # fmt: skip
    if opened_this_month(by, now) >= rules.per_month:
        words = _("You have opened %(n)s times this month, as often as is allowed. Ask a colleague or your centre.")
        raise refusal(words % {"n": rules.per_month})


def _target(glass: slots.Glass, number: str, now: datetime) -> Target:
    target = glass.find(number.strip(), now=now)
    if target is None:
        raise refusal(_("Nobody in your county is found by this number."))
    return target


def _area(held: accounts.ActorHolding, division_id: int | None) -> int:
    if division_id is None or division_id not in {one.id for one in areas_offered(held)}:
        raise refusal(_("Name the number of one person, or choose an area from the list."))
    return division_id


def _not_twice(by: accounts.Actor, area: int, target: Target | None, now: datetime) -> None:
    same = own_openings(by).filter(division_id=area, target_id=target.id if target else None)
    if running(same, now).exists():
        raise refusal(_("You have opened this already; it is still open."))


def _locked(opening_id: UUID) -> BreakGlass:
    return BreakGlass.objects.select_for_update().get(pk=opening_id)


def _note(row: BreakGlass, action: str, *, by: accounts.Actor, now: datetime, subjects: tuple[str, ...] = ()) -> None:
    record(
        by=by, action=action, purpose=PURPOSE, subjects=list(subjects), object_kind=KIND, object_id=row.pk,
        elements=[], now=now, basis=f"break_glass:{row.pk}",
    )  # fmt: skip
