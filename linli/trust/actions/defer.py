"""Telling somebody later that they were looked at 暂缓告知: proposed by one, decided by another, on a basis in law."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import Deferral, DisclosureClass
from linli.trust.rules.refusals import DeferralRefusedError, NotAllowed

DEFER = "trust.defer"
SAMPLE = Path(__file__).parents[1] / "sample" / "disclosure.json"


def load_disclosure_classes() -> int:
    """Add the classes that ship, marked as samples, where the county has none of that code; return how many."""
    rows = [DisclosureClass(**one) for one in json.loads(SAMPLE.read_text("utf-8"))]
    before = DisclosureClass.objects.count()
    DisclosureClass.objects.bulk_create(rows, ignore_conflicts=True)
    return DisclosureClass.objects.count() - before


@transaction.atomic
def propose_deferral(
    *, kind: str, unit_id: int, case_ref: str, days: int, by: accounts.Actor, now: datetime
) -> Deferral:
    """Propose that looks of a unit for one business are told later. Raises NotAllowed, DeferralRefusedError."""
    require(by, DEFER)
    if by.person_id is None:
        raise NotAllowed(DEFER)
    found = DisclosureClass.objects.filter(pk=kind).first()
    if found is None:
        raise DeferralRefusedError(_("Choose a class that the law knows."))
    if not case_ref.strip():
        raise DeferralRefusedError(_("Name the number of the business it is for."))
    if not 1 <= days <= found.longest_days:
        words = _("The law allows between 1 and %(days)s days for this class.") % {"days": found.longest_days}
        raise DeferralRefusedError(words)
    row = Deferral.objects.create(
        kind=found, unit_id=unit_id, case_ref=case_ref.strip()[:100], until=now + timedelta(days=days),
        proposed_by_id=by.person_id, proposed_at=now,
    )  # fmt: skip
    _note(row, by, "propose", now)
    return row


@transaction.atomic
def decide_deferral(*, deferral_id: UUID, approved: bool, by: accounts.Actor, now: datetime) -> Deferral:
    """Decide a proposal of somebody else. Raises NotAllowed, DeferralRefusedError."""
    require(by, DEFER)
    row = Deferral.objects.select_for_update().filter(pk=deferral_id, state=Deferral.State.PROPOSED).first()
    if row is None:
        raise DeferralRefusedError(_("Somebody has decided this already."))
    if by.person_id is None or by.person_id == row.proposed_by_id:
        raise DeferralRefusedError(_("You proposed this yourself, so somebody else must decide."))
    row.state = Deferral.State.APPROVED if approved else Deferral.State.REFUSED
    row.decided_by_id, row.decided_at = by.person_id, now
    row.save()
    _note(row, by, "defer" if approved else "keep", now)
    return row


def _note(row: Deferral, by: accounts.Actor, action: str, now: datetime) -> None:
    record(
        by=by, action=action, purpose="trust.deferral", subjects=[], object_kind="deferral", object_id=row.id,
        elements=[], basis=row.kind_id, case=row.case_ref, now=now,
    )  # fmt: skip
