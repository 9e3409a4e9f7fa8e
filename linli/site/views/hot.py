"""Hot issues 热点问题: the list by heat, one with its events and weeks, and a public answer to what many ask."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.voice import PublishForm
from linli.site.views.shell import desk

PAGE = 20
SEE = "events.see_area"
LONGEST_TITLE = 60


@desk(SEE)
def hot(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show what is hot now, or what was."""
    cooled = request.GET.get("tab") == "cooled"
    rows = events.hot_issues_seen_by(actor, cooled=cooled)
    page = kernel.keyset_page(rows, order=("-heat", "id"), cursor=request.GET.get("cursor"), size=PAGE)
    context = {
        **accounts.desk_shell(actor, "hot"),
        "tabs": _tabs(cooled=cooled),
        "page": page,
        "issues": [{"row": issue, **_told(issue)} for issue in page.items],
        "cooled": cooled,
    }
    return render(request, "site/desk/hot.html", context)


@desk(SEE)
def hot_issue(request: HttpRequest, actor: accounts.Actor, issue_id: UUID) -> HttpResponse:
    """Show one hot issue."""
    return _show(request, actor, issue_id)


@require_POST
@desk("events.check")
def publish_common(request: HttpRequest, actor: accounts.Actor, issue_id: UUID) -> HttpResponse:
    """Make a public answer to what many ask; a mistake keeps what was typed."""
    if events.hot_case(issue_id=issue_id, actor=actor) is None:
        raise Http404
    form = PublishForm(request.POST)
    if form.is_valid():
        events.publish_common_answer(issue_id=issue_id, by=actor, now=kernel.now(), **form.cleaned_data)
        messages.success(request, _("The answer is public."))
        return redirect("desk:hot-issue", issue_id)
    return _show(request, actor, issue_id, form=form, status=422)


def _show(
    request: HttpRequest, actor: accounts.Actor, issue_id: UUID, *, form: PublishForm | None = None, status: int = 200
) -> HttpResponse:
    found = events.hot_case(issue_id=issue_id, actor=actor)
    if found is None:
        raise Http404
    issue = found.issue
    answered = next((one.public_answer for one in found.events if one.public_answer), "")
    given = {"question": issue.title, "answer": answered}
    context = {
        **accounts.desk_shell(actor, "hot"),
        "issue": issue,
        **_told(issue),
        "found": found,
        "weeks": [f"{monday:%m-%d}" for monday, _count in found.weeks],
        "series": [{"name": _("reports"), "values": [count for _monday, count in found.weeks]}],
        "form": form or PublishForm(initial=given),
        "may_publish": actor.can("events.check"),
        "cure": _cure(issue) if actor.can("events.report") else "",
        "now": kernel.now(),
    }
    return render(request, "site/desk/hot_issue.html", context, status=status)


def _told(issue: events.HotIssue) -> dict[str, Any]:
    """Return the place, the trend and the reasons of the heat in words."""
    divisions = [one.name for one in (issue.street, issue.community) if one] or (
        [issue.county.name] if issue.county else []
    )
    named = [issue.place_name] if issue.place_name else []
    return {
        "place": " · ".join([*divisions, *named]),
        "trend": _trend(issue.recent, issue.before),
        "why": _why(issue),
    }


def _trend(recent: int, before: int) -> tuple[str, str, str]:
    """Return the words, the tone and the icon of a trend."""
    if recent > before:
        return _("rising"), "red", "arrow-up"
    if recent < before:
        return _("falling"), "green", "arrow-down"
    return _("steady"), "", "minus"


def _why(issue: events.HotIssue) -> list[str]:
    people = ngettext("%(n)d person in the busiest 90 days", "%(n)d people in the busiest 90 days", issue.busiest)
    lately = _("last 30 days: %(recent)d people, the 30 days before: %(before)d")
    return [
        people % {"n": issue.busiest},
        lately % {"recent": issue.recent, "before": issue.before},
        _("%(n)d %% of the reports name the same place") % {"n": round(issue.place_share * 100)},
        _("closeness of what is said: %(n)d of 100") % {"n": round(issue.closeness * 100)},
    ]


def _cure(issue: events.HotIssue) -> str:
    words = _("Cure the source: %(title)s. %(n)d people reported it since %(day)s.") % {
        "title": issue.title[:LONGEST_TITLE], "n": issue.people, "day": _day(issue.since),
    }  # fmt: skip
    return f"{reverse('desk:entry')}?{urlencode({'text': words, 'address': issue.place_name})}"


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _tabs(*, cooled: bool) -> list[dict[str, Any]]:
    here = reverse("desk:hot")
    return [
        {"label": _("Hot now"), "url": here, "current": not cooled},
        {"label": _("Cooled down"), "url": f"{here}?tab=cooled", "current": cooled},
    ]
