"""Impact assessments 个人信息保护影响评估 at the console: what lacks one, write one, read every version."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.forms.ask_less import AssessmentForm
from linli.trust.models import ImpactAssessment
from linli.trust.plugins import AUDIT, DECIDE, KEEP
from linli.trust.queries import assessments as queries
from linli.trust.queries.ask_less import policy_in_force
from linli.trust.rules.assessments import STOP, months_later

Sort = ImpactAssessment.Sort
TONES = {"low": "green", "middle": "amber", "high": "red"}
LONGEST = 120


@require_GET
@trust.staff(DECIDE, AUDIT)
def assessments(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what needs an assessment and has none, then those that were written."""
    today = timezone.localdate(kernel.now())
    context = {
        **accounts.desk_shell(actor, "assessments"),
        "missing": [{"it": one, "sort": Sort(one.sort).label, "url": _write(one.sort, one.subject)}
                    for one in queries.missing_assessments(today)],
        "rows": _lines(queries.newest_assessments(), today),
        "may_write": actor.can(DECIDE),
        "free": [{"label": sort.label, "url": _write(sort, "")} for sort in (Sort.AUTOMATED, Sort.ENTRUSTED)],
    }  # fmt: skip
    return render(request, "trust/assessments.html", context)


@require_http_methods(["GET", "POST"])
@trust.staff(DECIDE, KEEP)
def new_assessment(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Write an assessment, or the next version of one, which begins with the words of the version before."""
    sort = request.GET.get("sort", "")
    subject = (request.POST.get("subject") or request.GET.get("subject", ""))[:LONGEST]
    if sort not in Sort.values:
        raise Http404
    now = kernel.now()
    before = next(iter(queries.versions_of(sort, subject)), None)
    policy = policy_in_force()
    form = AssessmentForm(request.POST or None, questions=policy.questions, initial={
        **_said(before), "valid_until": months_later(timezone.localdate(now), policy.limits["assessment_months"] // 2)
    })  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            row = trust.write_assessment(sort=sort, subject=subject, **form.said(), by=actor, now=now)
        except trust.AssessmentRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down; it is kept until %(day)s.") % {"day": row.kept_until})
            return redirect("trust_assessment", assessment_id=row.pk)
    context = {
        **accounts.desk_shell(actor, "assessments"), "form": form, "sort": Sort(sort).label, "subject": subject,
        "label": queries.names_of([(sort, subject)])[sort, subject], "before": before,
        "is_free": sort in {Sort.AUTOMATED, Sort.ENTRUSTED},
        "back": reverse("trust_assessments") if actor.can(DECIDE) else "",
    }  # fmt: skip
    return render(request, "trust/assess.html", context, status=422 if form.errors else 200)


@require_GET
@trust.staff(DECIDE, KEEP, AUDIT)
def assessment(request: HttpRequest, actor: accounts.Actor, assessment_id: UUID) -> HttpResponse:
    """Show one version with its answers, and the others beside it."""
    row = queries.assessment(assessment_id)
    if row is None or not _may_read(actor, row):
        raise Http404
    questions = policy_in_force().questions
    order = {code: place for place, code in enumerate(questions)}  # the database keeps answers in an order of its own
    today = timezone.localdate(kernel.now())
    context = {
        **accounts.desk_shell(actor, "assessments"),
        "line": _lines([row], today)[0],
        "row": row,
        "answers": [
            {"question": questions[code].name if code in questions else code, "words": words}
            for code, words in sorted(row.answers.items(), key=lambda pair: order.get(pair[0], len(order)))
        ],
        "versions": [_version(one) for one in queries.versions_of(row.sort, row.subject)],
        "next": _write(row.sort, row.subject) if actor.can(DECIDE) or actor.can(KEEP) else "",
        "back": reverse("trust_assessments") if actor.can(DECIDE) or actor.can(AUDIT) else "",
    }
    return render(request, "trust/assessment.html", context)


def _may_read(actor: accounts.Actor, row: ImpactAssessment) -> bool:
    """Who keeps devices reads of those only; who decides or audits reads every one."""
    if actor.can(DECIDE) or actor.can(AUDIT):
        return True
    device = trust.device_by_number(row.subject) if row.sort == Sort.DEVICE else None
    return device is not None and trust.may(actor, KEEP, device)


def _lines(rows: Sequence[ImpactAssessment], today: date) -> list[dict[str, Any]]:
    names = queries.names_of([(row.sort, row.subject) for row in rows])
    return [_line(row, names[row.sort, row.subject], today) for row in rows]


def _line(row: ImpactAssessment, name: str, today: date) -> dict[str, Any]:
    has_ended, is_stopped = row.valid_until < today, row.conclusion == STOP
    state = _("has run out") if has_ended else _("says no") if is_stopped else _("still holds")
    return {
        "it": row,
        "label": name,
        "risk": {"text": row.get_risk_display(), "tone": TONES[row.risk]},
        "state": {"text": state, "tone": "red" if has_ended or is_stopped else "green"},
    }


def _version(row: ImpactAssessment) -> dict[str, Any]:
    who = str(row.made_by) if row.made_by else _("The node")
    return {"it": row, "by": who, "url": reverse("trust_assessment", args=[row.pk])}


def _said(row: ImpactAssessment | None) -> dict[str, Any]:
    if row is None:
        return {}
    answers = {f"answer-{code}": words for code, words in row.answers.items()}
    return {"risk": row.risk, "measures": row.measures, "conclusion": row.conclusion, **answers}


def _write(sort: str, subject: str) -> str:
    return f"{reverse('trust_new_assessment')}?" + urlencode({"sort": sort, "subject": subject})
