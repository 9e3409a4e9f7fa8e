"""The versions of the standards: taken in, begun, put in force on a day, taken back, gone back to, dropped."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.standards import DraftForm, EnforceForm, ManualForm
from linli.site.views.exports import XLSX
from linli.site.views.shell import desk

MAY = "events.standards"


@desk(MAY)
def overview(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the versions, and take in a manual or begin a draft."""
    return _overview(request, actor, ManualForm())


@require_POST
@desk(MAY)
def take_in(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Take in a manual as a draft, on top of what is in force."""
    form = ManualForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            draft = events.import_standards(
                content=upload.read(), name=upload.name, by=actor, now=kernel.now(), base=_in_force()
            )
        except events.FileRefusedError as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("The manual is a draft now; look at what changed and what could not be read."))
            return redirect("standards:check", draft.number)
    return _overview(request, actor, form, status=422)


@require_POST
@desk(MAY)
def begin(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Begin a draft from the version in force."""
    form, base = DraftForm(request.POST), _in_force()
    if base is None or not form.is_valid():
        messages.error(request, _("Give the draft a name; without a version in force, take in a manual first."))
        return redirect("standards:overview")
    draft = events.begin_draft(base=base, name=form.cleaned_data["name"], by=actor, now=kernel.now())
    messages.success(request, _("The draft says what is in force; change it, then put it in force."))
    return redirect("standards:matters", draft.number)


@require_POST
@desk(MAY)
def enforce(request: HttpRequest, actor: accounts.Actor, version: int) -> HttpResponse:
    """Put a version in force, now or on a day."""
    listed, form, now = version_of(version), EnforceForm(request.POST), kernel.now()
    if not form.is_valid():
        messages.error(request, _("This is no date and time; choose it again."))
        return redirect("standards:check", version)
    begins = form.cleaned_data["begins_at"] or now

    def deed() -> None:
        words = form.cleaned_data["words"]
        events.enforce_standards(duty_list=listed, begins_at=begins, by=actor, now=now, words=words)

    return _tried(request, version, deed, _("The version is put in force; running events keep theirs."))


@require_POST
@desk(MAY)
def roll_back(request: HttpRequest, actor: accounts.Actor, version: int) -> HttpResponse:
    """Go back to an earlier version at once."""
    listed, words = version_of(version), request.POST.get("words", "")

    def deed() -> None:
        events.roll_back_standards(duty_list=listed, by=actor, now=kernel.now(), words=words)

    return _tried(request, version, deed, _("This version holds again from now on."))


@require_POST
@desk(MAY)
def cancel(request: HttpRequest, actor: accounts.Actor, version: int) -> HttpResponse:
    """Take back what has not begun yet."""
    listed, now = version_of(version), kernel.now()

    def deed() -> None:
        for planned in listed.enforcements.filter(cancelled_at=None, begins_at__gt=now):
            events.cancel_enforcement(enforcement_id=planned.pk, by=actor, now=now)

    return _tried(request, version, deed, _("The version is taken back before it began."))


@require_POST
@desk(MAY)
def drop(request: HttpRequest, actor: accounts.Actor, version: int) -> HttpResponse:
    """Delete a draft."""
    try:
        events.drop_draft(duty_list=version_of(version), by=actor, now=kernel.now())
    except events.NotADraftError as refused:
        messages.error(request, str(refused))
        return redirect("standards:check", version)
    messages.success(request, _("The draft is deleted."))
    return redirect("standards:overview")


@desk(MAY)
def manual(_request: HttpRequest, _actor: accounts.Actor, version: int) -> HttpResponse:
    """Hand out a version as a manual."""
    listed, out = version_of(version), BytesIO()
    events.write_manual(listed).save(out)
    name = quote(f"{listed.name}-{listed.number}.xlsx")
    heads = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(out.getvalue(), content_type=XLSX, headers=heads)


def version_of(number: int) -> events.DutyList:
    """Return the version with this number, or 404."""
    found = events.DutyList.objects.filter(number=number).select_related("base", "made_by").first()
    if found is None:
        raise Http404
    return found


def frame(actor: accounts.Actor, listed: events.DutyList, tab: str, now: datetime) -> dict[str, Any]:
    """Return what every page of one version shows: where it stands, its tabs, and what can be done with it."""
    stands = next(one for one in events.versions(now=now) if one.duty_list.pk == listed.pk)
    tabs = (("matters", _("Matters")), ("rules", _("Dispatch rules")), ("changes", _("Changes")), ("check", _("Check")))
    return {
        **accounts.desk_shell(actor, "standards"),
        "now": now,
        "version": listed,
        "stands": stands,
        "standing": standing_words(stands.standing),
        "may_go_back": stands.standing == "past",
        "enforce_form": EnforceForm(),
        "tabs": [
            {"label": label, "url": reverse(f"standards:{code}", args=[listed.number]), "current": code == tab}
            for code, label in tabs
        ],
    }


def standing_words(standing: str) -> dict[str, str]:
    """Return where a version stands, in words and a tone."""
    words = {
        "draft": (_("draft"), ""),
        "planned": (_("to come"), "blue"),
        "in_force": (_("in force"), "green"),
        "past": (_("no longer in force"), ""),
    }
    label, tone = words[standing]
    return {"label": label, "tone": tone}


def _overview(request: HttpRequest, actor: accounts.Actor, form: ManualForm, status: int = 200) -> HttpResponse:
    now = kernel.now()
    found = events.versions(now=now)
    context = {
        **accounts.desk_shell(actor, "standards"),
        "now": now,
        "form": form,
        "draft_form": DraftForm(),
        "alarms": events.open_alarms(),
        "rows": [(one, standing_words(one.standing)) for one in found],
        "has_force": any(one.standing == "in_force" for one in found),
    }
    return render(request, "site/standards/overview.html", context, status=status)


def _in_force() -> events.DutyList | None:
    holding = (one for one in events.versions(now=kernel.now()) if one.standing == "in_force")
    return next((one.duty_list for one in holding), None)


def _tried(request: HttpRequest, version: int, deed: Callable[[], None], done: str) -> HttpResponse:
    try:
        deed()
    except (events.StandardsRefusedError, events.TooLateError) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("standards:check", version)
