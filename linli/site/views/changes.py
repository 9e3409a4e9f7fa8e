"""What changed this week about the people and houses of the area 本周变化, and who says what about them."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.site.rules.changes import WHAT, ordered
from linli.site.views.base import SEE
from linli.site.views.shell import desk

WEEK = timedelta(days=7)
OLDEST = date(2020, 1, 6)


@desk(SEE)
def changes(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the changes of a week by sort, with the week before beside them, and one sort of them line by line."""
    now = kernel.now()
    monday = _monday(request.GET.get("week", ""), timezone.localdate(now))
    week = registry.week_of_changes(by=actor, monday=monday)
    sorts = ordered(week.counts)
    asked = request.GET.get("what", "")
    what = asked if asked in WHAT else next(iter(sorts), "")
    context = {**accounts.desk_shell(actor, "base"), "week": week, **_weeks(monday, timezone.localdate(now))}
    try:
        page = _page(request, actor, what, monday)
    except kernel.CursorError as error:
        messages.error(request, str(error))
        return redirect(_address(monday, what))
    context |= {
        "what": what, "heading": WHAT[what].label if what else "", "page": page,
        "lines": [_line(one) for one in page.items] if page else [],
        "groups": [_group(one, week, what) for one in sorts],
        "categories": [WHAT[one].label for one in sorts],
        "series": [{"name": _("This week"), "values": [week.counts.get(one, 0) for one in sorts]},
                   {"name": _("The week before"), "tone": "blue",
                    "values": [week.before.get(one, 0) for one in sorts]}],
        "kept_back": week.kept_back.get(what, 0),
        "slices": [_slice(one) for one in registry.slices(by=actor)],
        "unseen": [one.id for one in page.items if not one.seen_by] if page else [],
    }  # fmt: skip
    return render(request, "site/desk/base_changes.html", context)


@require_POST
@desk(SEE)
def mark(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Mark changes as seen, or take the mark back; lead back to the list."""
    ids = [int(one) for one in request.POST.getlist("change") if one.isascii() and one.isdigit()]
    seen = request.POST.get("undo") != "1"
    count = registry.mark_seen(ids=ids, by=actor, now=kernel.now(), seen=seen)
    if seen and count:
        messages.success(
            request,
            ngettext("%(n)s change is marked as seen.", "%(n)s changes are marked as seen.", count) % {"n": count},
        )
    what = request.POST.get("what", "")
    monday = _monday(request.POST.get("week", ""), timezone.localdate(kernel.now()))
    return redirect(_address(monday, what if what in WHAT else ""))


@desk(SEE)
def panel(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show on other desks how much changed this week, each number leading to its list."""
    monday = registry.monday_of(timezone.localdate(kernel.now()))
    week = registry.week_of_changes(by=actor, monday=monday)
    context = {"week": week, "groups": [_group(one, week, "") for one in ordered(week.counts)]}
    return render(request, "site/desk/base_changes_panel.html", context)


def _page(request: HttpRequest, actor: accounts.Actor, what: str, monday: date) -> Any:
    if not what:
        return None
    cursor = request.GET.get("cursor") or None
    return registry.look_at_changes(what=what, monday=monday, by=actor, now=kernel.now(), cursor=cursor)


def _monday(text: str, today: date) -> date:
    """Return the Monday of the day that the address names, of this week where it names none that makes sense."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    return registry.monday_of(day if OLDEST <= day <= today else today)


def _weeks(monday: date, today: date) -> dict[str, Any]:
    this = registry.monday_of(today)
    return {
        "monday": monday,
        "is_this": monday == this,
        "last_day": monday + WEEK - timedelta(days=1),
        "previous": _address(monday - WEEK, ""),
        "following": _address(monday + WEEK, "") if monday < this else "",
        "this": reverse("desk:base-changes"),
        "today": today,
    }  # fmt: skip


def _address(monday: date, what: str) -> str:
    return (
        f"{reverse('desk:base-changes')}?{urlencode({'week': monday.isoformat(), **({'what': what} if what else {})})}"
    )


def _group(what: str, week: registry.WeekOfChanges, current: str) -> dict[str, Any]:
    return {
        "what": what, "label": WHAT[what].label, "icon": WHAT[what].icon, "count": week.counts[what],
        "before": week.before.get(what, 0), "current": what == current, "url": _address(week.monday, what),
    }  # fmt: skip


def _line(line: registry.ChangeLine) -> dict[str, Any]:
    community = line.brief.community_id if line.brief else None
    return {
        "it": line,
        "area": regions.division(community).name if community else "",
        "other": regions.division(line.other_id).name if line.other_id else "",
        "url": reverse("desk:base-card", args=[line.brief.id]) if line.brief and line.opens else "",
    }


def _slice(row: dict[str, Any]) -> dict[str, Any]:
    share = row["n_fresh"] / row["n"] if row["n"] else 0
    tone = "green" if share >= 0.9 else "amber" if share >= 0.5 else "red"  # noqa: PLR2004  shares
    return {**row, "label": registry.KINDS[row["kind"]].label, "share": share, "tone": tone}
