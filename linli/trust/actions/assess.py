"""Writing an impact assessment 个人信息保护影响评估: each time a new version; kept three years at least."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import Device, ImpactAssessment
from linli.trust.queries.activities import activity
from linli.trust.queries.ask_less import policy_in_force
from linli.trust.rules.assessments import AssessmentRefusedError, check_assessment, years_later
from linli.trust.rules.refusals import NotAllowed
from linli.trust.states.devices import DECIDE, KEEP

REVISION, PURPOSE = "trust.assessments", "trust.asking"
Sort = ImpactAssessment.Sort


@transaction.atomic
def write_assessment(
    *, sort: str, subject: str, answers: Mapping[str, str], risk: str, measures: str, conclusion: str,
    valid_until: date, by: accounts.Actor, now: datetime,
) -> ImpactAssessment:  # fmt: skip
    """Write down an assessment, or its next version. Who keeps devices assesses theirs, who decides anything.

    Raises NotAllowed, AssessmentRefusedError.
    """
    today = timezone.localdate(now)
    _check_subject(sort, subject, by, today)
    if risk not in ImpactAssessment.Risk.values or conclusion not in ImpactAssessment.Conclusion.values:
        raise AssessmentRefusedError(_("Choose the risk and what follows from the assessment."))
    policy = policy_in_force()
    said = {code: str(answers.get(code, "")) for code in policy.questions}
    check_assessment(
        subject=subject, answers=said, measures=measures, valid_until=valid_until, questions=policy.questions,
        today=today, longest_months=policy.limits["assessment_months"],
    )  # fmt: skip
    kernel.bump(REVISION)  # two at once wait here for one another
    last = ImpactAssessment.objects.filter(sort=sort, subject=subject).order_by("-version").first()
    row = ImpactAssessment.objects.create(
        sort=sort, subject=subject.strip(), version=last.version + 1 if last else 1, answers=said, risk=risk,
        measures=measures.strip(), conclusion=conclusion, made_by_id=by.person_id, made_at=now, made_on=today,
        valid_until=valid_until, kept_until=years_later(max(today, valid_until)),
        unit_id=by.holdings[0].unit_id if by.holdings else None,
    )  # fmt: skip
    record(
        by=by, action="create", purpose=PURPOSE, subjects=[], object_kind="trust.assessment", object_id=row.pk,
        elements=[f"version.{row.version}"], case=row.subject, now=now,
    )  # fmt: skip
    return row


def _check_subject(sort: str, subject: str, by: accounts.Actor, today: date) -> None:
    if sort == Sort.DEVICE:
        device = Device.objects.filter(number=subject).first()
        if device is None:
            raise AssessmentRefusedError(_("There is no device of this number in the register."))
        require(by, DECIDE if by.can(DECIDE) else KEEP, device)
        return
    if not by.can(DECIDE) and by.kind != "system":
        raise NotAllowed(DECIDE)
    if sort == Sort.ACTIVITY and activity(subject, on=today) is None:
        raise AssessmentRefusedError(_("There is no activity of this code in the register."))
    if sort not in Sort.values or not subject.strip():
        raise AssessmentRefusedError(_("Say what is assessed."))
