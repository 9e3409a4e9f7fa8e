"""Deciding the rules for issuing forms 报表下发规则: a new version from now on; what was admitted stays as it is."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.sheets.actions.admission_step import PURPOSE
from linli.sheets.models import IssuingVersion
from linli.sheets.queries.issuing import rules_at
from linli.sheets.rules.admission_states import ADMIT
from linli.sheets.rules.issuing import IssuingRules, check_rules
from linli.sheets.rules.refusals import FormRefusedError
from linli.trust import api as trust


@transaction.atomic
def decide_rules(*, rules: IssuingRules, words: str, by: accounts.Actor, now: datetime) -> IssuingVersion:
    """Let these rules hold from now on. Raises NotAllowed, FormRefusedError."""
    trust.require(by, ADMIT)
    check_rules(rules)
    if not words.strip():
        raise FormRefusedError(_("Say in a few words why this is decided."))
    if rules == rules_at(now):
        raise FormRefusedError(_("That is what holds already."))
    newest = IssuingVersion.objects.aggregate(newest=Max("number"))["newest"] or 0
    row = IssuingVersion.objects.create(
        number=newest + 1, content=rules.as_data(), words=words.strip()[:300], since=now, made_at=now,
        made_by_id=by.person_id,
    )  # fmt: skip
    trust.record(
        by=by, action="sheets.rules", purpose=PURPOSE, subjects=[], object_kind="issuing_rules",
        object_id=row.number, elements=["sheets.state"], now=now,
    )  # fmt: skip
    return row
