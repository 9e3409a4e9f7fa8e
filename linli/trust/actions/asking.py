"""Asking less: what the county sets about it, and what is decided about each finding of the over-collection check."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.trust.actions.guard import require
from linli.trust.actions.policies import next_version
from linli.trust.actions.record import record
from linli.trust.models import ExcessDecision
from linli.trust.queries.ask_less import POLICY, policy_in_force
from linli.trust.queries.askers import askings_today
from linli.trust.queries.asking import judge
from linli.trust.rules.ask_less import Policy, as_plain, policy_from
from linli.trust.rules.assessments import months_later
from linli.trust.rules.refusals import TrustRefusedError
from linli.trust.states.devices import DECIDE

PURPOSE = "trust.asking"
LONGEST = 500


class ExcessRefusedError(TrustRefusedError):
    """A decision about a finding that can't be taken."""


@transaction.atomic
def save_ask_less(*, content: Any, by: accounts.Actor, now: datetime) -> Policy:
    """Put a policy of asking less in force, as the next version 最小必要规则. Raises NotAllowed, PolicyRefusedError."""
    require(by, DECIDE)
    policy = policy_from(content)
    if policy == policy_in_force():
        return policy
    row = next_version(code=POLICY, content=as_plain(policy), by=by, now=now)
    record(
        by=by, action="change", purpose=PURPOSE, subjects=[], object_kind="trust.ask_less", object_id=row.pk,
        elements=[], now=now,
    )  # fmt: skip
    return policy


@transaction.atomic
def decide_excess(
    *, asking: str, rule: str, element: str, outcome: str, words: str, until: date, by: accounts.Actor, now: datetime
) -> ExcessDecision:
    """Decide about a finding that stands today 过度收集处置: mended by a day, or justified until one.

    Raises NotAllowed, ExcessRefusedError.
    """
    require(by, DECIDE)
    today = timezone.localdate(now)
    last = months_later(today, policy_in_force().limits["justified_months"])
    if outcome not in ExcessDecision.Outcome.values:
        raise ExcessRefusedError(_("Choose whether it is mended or justified."))
    if not words.strip():
        raise ExcessRefusedError(_("Say in a sentence what is mended, or why it can't be done without."))
    if not today < until <= last:
        raise ExcessRefusedError(_("A decision holds until a day after today, %(day)s at the latest.") % {"day": last})
    if not _stands(asking, rule, element, today):
        raise ExcessRefusedError(_("This is not found any more; look at the list again."))
    row = ExcessDecision.objects.create(
        asking=asking, rule=rule, element=element, outcome=outcome, words=words.strip()[:LONGEST], until=until,
        decided_by_id=by.person_id, decided_at=now,
    )  # fmt: skip
    record(
        by=by, action=outcome, purpose=PURPOSE, subjects=[], object_kind="trust.asking", object_id=asking,
        elements=[rule, element] if element else [rule], now=now,
    )  # fmt: skip
    return row


def _stands(asking: str, rule: str, element: str, today: date) -> bool:
    rows = [one for one in askings_today(today) if one.code == asking]
    return any(
        (each.it.rule, each.it.element) == (rule, element) for one in judge(rows, day=today) for each in one.found
    )
