"""The register of processing activities 个人信息处理活动登记 at the console: read, print, hand out, write a version."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.activities import PURPOSES
from linli.trust.forms.activities import ActivityForm
from linli.trust.plugins import AUDIT
from linli.trust.queries.activities import history_of, newest_of, register_on
from linli.trust.queries.assessments import missing_assessments
from linli.trust.rules.files import as_csv, as_workbook
from linli.trust.tables import register_lines, register_rows

SEE_REGISTER = (PURPOSES, AUDIT)
FORMS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_GET
@trust.staff(*SEE_REGISTER)
def activities(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what stands in the register today."""
    today = _today()
    context = {
        "rows": register_rows(register_on(today).values()),
        "unassessed": {one.subject for one in missing_assessments(today)},
        "day": today,
        "may_write": actor.can(PURPOSES),
        **accounts.desk_shell(actor, "activities"),
    }
    return render(request, "trust/activities.html", context)


@require_GET
@trust.staff(*SEE_REGISTER)
def handed_out(_request: HttpRequest, actor: accounts.Actor, file_form: str) -> HttpResponse:
    """Hand out the register as it stands today; that it left stands in the ledger."""
    if file_form not in FORMS:
        raise Http404
    write, kind = FORMS[file_form]
    today = _today()
    lines = register_lines(register_on(today).values())
    trust.record(
        by=actor, action="export", purpose=PURPOSES, subjects=[], object_kind="trust.activity",
        object_id=f"{len(lines) - 1} rows", elements=[file_form], now=kernel.now(),
    )  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="register-{today:%Y%m%d}.{file_form}"'}
    return HttpResponse(write(lines), content_type=kind, headers=headers)


@require_http_methods(["GET", "POST"])
@trust.staff(PURPOSES)
def new_activity(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Write a new activity into the register."""
    form = ActivityForm(request.POST or None, initial={"begins_on": _today(), "grade": 3, "chosen": True})
    if form.is_valid() and newest_of(form.cleaned_data["code"]) is not None:
        form.add_error("code", _("This code stands in the register already; open that entry and change it."))
    return _save(request, actor, form) or _page(request, actor, form, {"title": _("New activity")})


@require_http_methods(["GET", "POST"])
@trust.staff(*SEE_REGISTER)
def activity(request: HttpRequest, actor: accounts.Actor, activity_code: str) -> HttpResponse:
    """Show one activity with its history, and write its next version."""
    one = newest_of(activity_code)
    if one is None:
        raise Http404
    if request.method == "POST":
        trust.require(actor, PURPOSES)
    form = ActivityForm.of(request.POST or None, one, _today()) if actor.can(PURPOSES) else None
    more = {
        "title": one.name,
        "row": register_rows([one])[0],
        "history": [_version(row) for row in history_of(one.code)],
    }
    return (form and _save(request, actor, form)) or _page(request, actor, form, more)


def _save(request: HttpRequest, actor: accounts.Actor, form: ActivityForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        row = trust.save_activity(
            activity=form.activity(), begins_on=form.cleaned_data["begins_on"], by=actor, now=kernel.now()
        )
    except trust.ActivityRefusedError as refused:
        form.add_error(None, str(refused))
        return None
    said = {"number": row.number, "day": row.begins_on}
    messages.success(request, _("Version %(number)s is written; it counts from %(day)s.") % said)
    return redirect("trust_activities")


def _page(request: HttpRequest, actor: accounts.Actor, form: ActivityForm | None, more: dict[str, Any]) -> HttpResponse:
    refused = form is not None and bool(form.errors)
    context = {"form": form, **more, **accounts.desk_shell(actor, "activities")}
    return render(request, "trust/activity.html", context, status=422 if refused else 200)


def _version(row: Any) -> dict[str, Any]:
    who = str(row.made_by) if row.made_by else _("The node")
    text = _("Version %(number)s, in force from %(day)s") % {"number": row.number, "day": row.begins_on}
    return {"at": row.made_at, "text": text, "said": who}


def _today() -> date:
    return timezone.localdate(kernel.now())
