"""Decide what a grade does."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust import facts
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import HandlingVersion
from linli.trust.queries.handling import REVISION, handling_at
from linli.trust.rules.handling import Handling, check_handling
from linli.trust.rules.refusals import HandlingRefusedError

GRADES = "trust.grades"


@transaction.atomic
def decide_handling(*, line: Handling, words: str, by: accounts.Actor, now: datetime) -> HandlingVersion:
    """Let a grade be handled so from now on. Raises NotAllowed, HandlingRefusedError."""
    require(by, GRADES)
    check_handling(line)
    if not words.strip():
        raise HandlingRefusedError(_("Say in a few words why this is decided."))
    before = handling_at(now)[line.grade]
    if before == line:
        raise HandlingRefusedError(_("That is what this grade does already."))
    row = HandlingVersion.objects.create(
        grade=line.grade, content=asdict(line), words=words.strip()[:300], since=now, made_at=now,
        made_by_id=by.person_id,
    )  # fmt: skip
    kernel.bump(REVISION)
    record(
        by=by, action="change", purpose="trust.grades", subjects=[], object_kind="handling", object_id=line.grade,
        elements=[], now=now,
    )  # fmt: skip
    changed = (before.sealed, before.masked) != (line.sealed, line.masked)
    journal.publish(facts.HandlingDecided(grade=line.grade, sealing_changed=changed), now=now)
    return row
