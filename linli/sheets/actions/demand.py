"""A form that is not on the list is reported without a name, followed up, and answered to whoever has the receipt."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.sheets.actions.admission_step import PURPOSE
from linli.sheets.models import Admission, Demand, DemandStep
from linli.sheets.queries.issuing import rules_at
from linli.sheets.rules import demand_states as states
from linli.sheets.rules.admission_states import ADMIT, ISSUE
from linli.sheets.rules.receipts import LENGTH, LETTERS, grouped, plain_code
from linli.sheets.rules.refusals import FormRefusedError
from linli.trust import api as trust

MOST_REPORTS, MOST_LOOKS = 10, 60  # from one network address in an hour
CONTEXT = "sheets.demand.receipt"


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody says about a form that they were asked to fill: what it is called, who asks, in what way."""

    title: str
    issuer: str
    words: str
    division_id: int


@transaction.atomic
def report_demand(*, reported: Reported, source: str, now: datetime) -> str:
    """Take a report without a name and return the code of its receipt; nobody else ever has it.

    `source`, the network address, is counted by the hour and kept nowhere. Raises TooManyRequestsError.
    """
    kernel.count_use(kind="sheets.report", source=source, most=MOST_REPORTS, now=now)
    code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    today = timezone.localdate(now)
    Demand.objects.create(
        number=kernel.next_number(prefix="W", day=today), receipt=token_of(code), title=reported.title.strip()[:200],
        issuer=reported.issuer.strip()[:100], words=reported.words.strip(), division_id=reported.division_id,
        reported_on=today, due=regions.add_working(_midnight(now), days=rules_at(now).report_days),
    )  # fmt: skip
    return grouped(code)


def demand_by_receipt(*, code: str, source: str, now: datetime) -> Demand | None:
    """Return the report that a code belongs to. Raises TooManyRequestsError: codes are not to be guessed."""
    kernel.count_use(kind="sheets.receipt", source=source, most=MOST_LOOKS, now=now)
    return Demand.objects.filter(receipt=token_of(code)).select_related("admission", "asked_unit").first()


@transaction.atomic
def ask_office(*, demand_id: UUID, unit_id: int, words: str, by: accounts.Actor, now: datetime) -> Demand:
    """Ask the office that is said to issue the form. Raises NotAllowed, Hidden, FormRefusedError."""
    row = _locked(demand_id, by, ADMIT)
    if unit_id in by.unit_ids:
        raise FormRefusedError(_("A unit is not asked by itself; somebody of another unit follows this up."))
    row.asked_unit_id = unit_id
    _step(row, "ask", by=by, now=now, capability=ADMIT, words=words)
    return row


@transaction.atomic
def answer_demand(*, demand_id: UUID, words: str, by: accounts.Actor, now: datetime) -> Demand:
    """Answer as the office that was asked; the reporter reads it. Raises NotAllowed, Hidden, FormRefusedError."""
    row = _locked(demand_id, by, ISSUE)
    if not words.strip():
        raise FormRefusedError(_("Answer in words; whoever reported it reads them."))
    _step(row, "answer", by=by, now=now, capability=ISSUE, words=words)
    return row


@transaction.atomic
def close_demand(
    *, demand_id: UUID, step: str, reason: str, words: str, by: accounts.Actor, now: datetime,
    admission: Admission | None = None,
) -> Demand:  # fmt: skip
    """Close a report with a typed reason: stopped, on the list, not confirmed. Raises NotAllowed, FormRefusedError."""
    row = _locked(demand_id, by, ADMIT)
    if reason not in states.REASONS.get(step, {}):
        raise FormRefusedError(_("Choose a reason."))
    if not words.strip():
        raise FormRefusedError(_("Answer in words; whoever reported it reads them."))
    if step == "list" and admission is None:
        raise FormRefusedError(_("Name the form on the list."))
    if row.asked_unit_id in by.unit_ids:
        raise FormRefusedError(_("A unit does not close what is reported about itself."))
    row.reason, row.admission, row.closed_at = reason, admission, now
    _step(row, step, by=by, now=now, capability=ADMIT, words=words, reason=reason)
    return row


def token_of(code: str) -> str:
    """Return what stands for a code in the base."""
    return kernel.keyed_token(plain_code(code), context=CONTEXT)


def _locked(demand_id: UUID, by: accounts.Actor, capability: str) -> Demand:
    row = Demand.objects.select_for_update(of=("self",)).filter(pk=demand_id).first()
    if row is None:
        raise trust.Hidden(capability)
    trust.require(by, capability, row)
    return row


def _step(
    row: Demand, step: str, *, by: accounts.Actor, now: datetime, capability: str, words: str, reason: str = ""
) -> None:  # fmt: skip
    row.state = states.after(step, row.state)
    row.save()
    held = by.holdings_with(capability)[0]
    DemandStep.objects.create(
        demand=row, step=step, after=row.state, reason=reason, words=words.strip()[:1000], unit_id=held.unit_id,
        by_id=by.person_id, at=now,
    )  # fmt: skip
    trust.record(
        by=by, action=f"sheets.demand.{step}", purpose=PURPOSE, subjects=[], object_kind="demand", object_id=row.pk,
        case=row.number, elements=["sheets.state"], now=now,
    )  # fmt: skip


def _midnight(now: datetime) -> datetime:
    """Return the beginning of the day: the clock of a report must not tell when it came."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
