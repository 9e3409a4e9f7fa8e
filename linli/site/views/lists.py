"""The list column of a desk: rows by clock, tabs with counts, scopes, and the filter that lives in the address."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.regions import api as regions
from linli.site.rules.words import channel_name

KEPT = (
    "tab",
    "scope",
    "q",
    "state",
    "matter",
    "grade",
    "channel",
    "division",
    "grid",
    "unit",
    "day",
    "clock",
    "cursor",
)
TONES = {"overdue": "red", "today": "amber"}
LONGEST_ID = 11


def list_context(request: HttpRequest, actor: accounts.Actor, *, here: str, now: datetime) -> dict[str, Any]:
    """Return the list column: rows, tabs with counts, scopes, and how it is narrowed. `here` names the page."""
    wanted = wanted_of(request, actor)
    page = events.inbox_page(actor=actor, wanted=wanted, now=now, cursor=request.GET.get("cursor") or None)
    return {
        "page": page,
        "rows": _rows(page.items, now, kept_query(request)),
        "tabs": _tabs(request, wanted, events.inbox_counts(actor=actor, wanted=wanted, now=now), here),
        "scopes": _scopes(request, wanted, actor, here),
        "narrowed": _narrowed(wanted),
        "wanted": asdict(wanted),
        "all_url": reverse(here),
    }


def _rows(items: Sequence[dict[str, Any]], now: datetime, query: str) -> list[dict[str, Any]]:
    """Return each row with its clock and its address. The address is resolved once: only the number differs."""
    page = reverse("desk:event", args=["-"]).removesuffix("-")
    return [
        {**row, "left": seconds_left(row["next_due"], now), "url": f"{page}{quote(row['number'])}{query}"}
        for row in items
    ]


def wanted_of(request: HttpRequest, actor: accounts.Actor) -> events.InboxFilter:
    """Read the filter from the address. What it does not know it leaves out."""
    get = request.GET
    own = actor.can("events.handle") and actor.can("events.see_unit") and not actor.can("events.screen")
    day = _day(get.get("day", ""))
    searching = bool(get.get("q") or day)
    return events.InboxFilter(
        tab=tab
        if (tab := get.get("tab", "")) in {*events.TABS, "all"}
        else ("all" if searching else _first_tab(actor)),
        scope=get.get("scope") or ("mine" if own and not searching else "area"),
        words=get.get("q", "")[:60],
        state=get.get("state", ""),
        matter=get.get("matter", ""),
        grade=get.get("grade", ""),
        channel=get.get("channel", ""),
        division_id=_known(regions.division, get.get("division")),
        grid_id=_number(get.get("grid")),
        unit_id=_known(accounts.unit, get.get("unit")),
        day=day,
        clock=clock if (clock := get.get("clock", "")) in events.CLOCKS else "",
    )


def kept_query(request: HttpRequest) -> str:
    """Return the filter of the list as a query, so that the way back keeps it."""
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key)}
    return f"?{urlencode(kept)}" if kept else ""


def list_url(**query: object) -> str:
    """Return the address of a list that is narrowed by this query."""
    return f"{reverse('desk:inbox')}?{urlencode(query)}"


def seconds_left(due: datetime, now: datetime) -> int:
    """Return the working seconds until the deadline; negative when it is over."""
    return regions.working_seconds(now, due) if due >= now else -regions.working_seconds(due, now)


def _first_tab(actor: accounts.Actor) -> str:
    """Return the tab that holds what needs this person: checkers begin with what waits for a check."""
    only_checks = actor.can("events.check") and not actor.can("events.handle") and not actor.can("events.screen")
    return "waiting" if only_checks else "open"


def _tabs(request: HttpRequest, wanted: events.InboxFilter, counts: dict[str, int], here: str) -> list[dict[str, Any]]:
    labels = {
        "open": _("Open"),
        "overdue": _("Overdue"),
        "today": _("Due today"),
        "week": _("This week"),
        "waiting": _("With others"),
        "done": _("Ended"),
    }
    return [
        {
            "label": label,
            "url": _with(request, here, tab=tab),
            "count": counts.get(tab) or None,
            "more": counts.get(tab) == events.COUNTED,
            "tone": TONES.get(tab, "") if counts.get(tab) else "",
            "current": wanted.tab == tab,
        }
        for tab, label in labels.items()
    ]


def _scopes(request: HttpRequest, wanted: events.InboxFilter, actor: accounts.Actor, here: str) -> list[dict[str, Any]]:
    labels = {"mine": _("My unit leads"), "helping": _("We help"), "area": _("All in my area")}
    if not actor.can("events.see_area"):
        labels["area"] = _("All of my unit")
    if not actor.can("events.see_unit"):
        labels = {"area": labels["area"]}
    return [
        {"label": label, "url": _with(request, here, scope=scope), "current": wanted.scope == scope}
        for scope, label in labels.items()
    ]


def _narrowed(wanted: events.InboxFilter) -> list[str]:
    """Say by what the list is narrowed beside tab and scope."""
    said = (
        _("“%(words)s”") % {"words": wanted.words} if wanted.words else "",
        str(events.STATE_LABELS.get(wanted.state, "")),
        _matter_name(wanted.matter),
        channel_name(wanted.channel),
        _("grade %(grade)s") % {"grade": wanted.grade} if wanted.grade else "",
        regions.division(wanted.division_id).name if wanted.division_id else "",
        _grid_name(wanted.grid_id),
        _("reported on %(day)s") % {"day": date_format(wanted.day, "MONTH_DAY_FORMAT")} if wanted.day else "",
        accounts.unit(wanted.unit_id).name if wanted.unit_id else "",
        {"event": _("by the event's deadline"), "stage": _("late or due by a stage")}.get(wanted.clock, ""),
    )
    return [one for one in said if one]


def _matter_name(code: str) -> str:
    return next((duty.name for duty in events.matters_in_force() if duty.code == code), code) if code else ""


def _grid_name(grid_id: int | None) -> str:
    place = regions.place_of_grid(grid_id) if grid_id else None
    return f"{place.community_name} {place.grid_name}" if place else ""


def _with(request: HttpRequest, here: str, **changes: str) -> str:
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key) and key != "cursor"}
    return f"{reverse(here)}?{urlencode({**kept, **changes})}"


def _known(find: Callable[[int], object], text: str | None) -> int | None:
    number = _number(text)
    try:
        return number if number and find(number) else None
    except (regions.UnknownDivisionError, accounts.UnknownUnitError):
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_ID else None
