"""The county overview: five figures, the map, the trend, and where the work lies; each figure leads to its list."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.site.views.lists import kept_query, list_context, list_url, wanted_of
from linli.site.views.shell import SEE, desk

OPEN = events.InboxFilter(tab="open", scope="area")
MARK = "0"  # stands for a number while addresses are made


@desk("events.overview")
def overview(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the figures over everything this person may see."""
    now = kernel.now()
    found = events.overview(actor=actor, now=now)
    context = {
        **accounts.desk_shell(actor, "overview"),
        "now": found.counted_at,
        "overview": found,
        "alarms": events.open_alarms(),
        "figures": _figures(found, actor),
        "days": [f"{day.day.month}/{day.day.day}" for day in found.trend],
        "trend": _trend(found),
        "ranked": _ranked(found),
        "areas": reverse("desk:grids"),
        "points": f"{reverse('desk:points')}?tab=overdue&scope=area",
        "grids": _busiest(actor, now),
    }
    return render(request, "site/desk/overview.html", context)


@desk(*SEE)
def map_page(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the events of a list on the map, with the list beside it."""
    now = kernel.now()
    context = {
        **accounts.desk_shell(actor, "map"),
        "now": now,
        "query": kept_query(request),
        "areas": reverse("desk:grids"),
        "points": f"{reverse('desk:points')}{kept_query(request)}",
    }
    return render(request, "site/desk/map.html", context | list_context(request, actor, here="desk:map", now=now))


@desk(*SEE)
def points(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Answer the points of a list as GeoJSON; `box` narrows to west,south,east,north."""
    now, wanted, box = kernel.now(), wanted_of(request, actor), _box(request.GET.get("box", ""))
    found, more = events.map_points(actor=actor, wanted=wanted, box=box, now=now)
    before, after = reverse("desk:event", args=[MARK]).split(MARK)  # once, for up to 800 points
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [point.lng, point.lat]},
            "properties": {
                "label": point.title,
                "url": f"{before}{quote(point.number)}{after}",
                "tone": "red" if point.next_due < now else "teal",
            },
        }
        for point in found
    ]
    collection = {"type": "FeatureCollection", "features": features, "more": more}
    return HttpResponse(orjson.dumps(collection), content_type="application/json")


@desk(*SEE)
def grids(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Answer the grids of the areas this person works in, with the count of open events in each, as GeoJSON.

    `in` asks for the bare outlines of one division instead, which are public knowledge.
    """
    if (inside := request.GET.get("in", "")).isdecimal():
        return JsonResponse(_outlines(int(inside)))
    counts = events.counts_by_grid(actor=actor, wanted=OPEN, now=kernel.now())
    found = [_counted(grid, counts) for grid in _grids_of(actor)]
    return JsonResponse({"type": "FeatureCollection", "features": found})


def _outlines(division_id: int) -> dict[str, Any]:
    try:
        return regions.grids_geojson(division_id)
    except regions.UnknownDivisionError:
        return {"type": "FeatureCollection", "features": []}


def _grids_of(actor: accounts.Actor) -> Iterator[dict[str, Any]]:
    for division in sorted({holding.division_id for holding in actor.holdings}):
        yield from regions.grids_geojson(division)["features"]


def _counted(grid: dict[str, Any], counts: dict[int, int]) -> dict[str, Any]:
    value, name = counts.get(grid["id"], 0), _grid_name(grid["properties"])
    label = ngettext("%(name)s: %(n)d open", "%(name)s: %(n)d open", value) % {"name": name, "n": value}
    known = {"value": value, "label": label, "name": name, "url": _of_grid(grid["id"])}
    return {**grid, "properties": known}


def _of_grid(grid_id: int) -> str:
    return list_url(tab="open", scope="area", grid=grid_id)


def _grid_name(known: dict[str, Any]) -> str:
    return f"{known['community']} {known['name']}"


def _figures(found: events.Overview, actor: accounts.Actor) -> list[dict[str, Any]]:
    reported = [day.reported for day in found.trend]
    stage = _("Late in a stage")  # a county without limits in stages never reads of them
    here, by_event = {"scope": "area"}, {"scope": "area", "clock": "event"}
    queue = reverse("desk:dispatch") if actor.can("events.screen") else list_url(tab="open", state="screening", **here)
    figures = (
        (_("Open"), found.open, list_url(tab="open", **here), ""),
        (_("Overdue"), found.overdue, list_url(tab="overdue", **by_event), "red"),
        (stage, found.stages_late, list_url(tab="overdue", clock="stage", **here), "red"),
        (_("Due today"), found.due_today, list_url(tab="today", **by_event), "amber"),
        (_("Waiting for dispatch"), found.screening, queue, ""),
        (_("Reported today"), found.reported_today, list_url(day=found.trend[-1].day.isoformat(), **here), ""),
    )
    named = [
        {"label": label, "value": value, "url": url, "tone": tone if value else ""}
        for label, value, url, tone in figures
        if value or label != stage
    ]
    named[-1] |= {"week": reported[-7:], "yesterday": reported[-2]}
    return named


def _trend(found: events.Overview) -> list[dict[str, Any]]:
    lists = [list_url(day=day.day.isoformat(), scope="area") for day in found.trend]
    return [
        {"name": _("Reported"), "values": [day.reported for day in found.trend], "urls": lists},
        {"name": _("Closed"), "values": [day.closed for day in found.trend], "tone": "green"},
    ]


def _busiest(actor: accounts.Actor, now: datetime) -> list[dict[str, Any]]:
    """Return the grids with open events as a list, the busiest first: the twin of the map."""
    counts = events.counts_by_grid(actor=actor, wanted=OPEN, now=now)
    named = [
        {"label": _grid_name(grid["properties"]), "value": counts[grid["id"]], "url": _of_grid(grid["id"])}
        for grid in _grids_of(actor)
        if counts.get(grid["id"])
    ]
    return sorted(named, key=lambda one: -one["value"])


def _ranked(found: events.Overview) -> list[dict[str, Any]]:
    tables = (
        (_("By matter"), "matter", found.by_matter),
        (_("By unit"), "unit", found.by_unit),
        (_("By community"), "division", found.by_area),
    )
    columns = [{"label": _("Name")}, {"label": _("Open"), "figure": True}, {"label": _("Overdue"), "figure": True}]
    return [
        {"title": title, "columns": columns, "rows": [_cells(row, key) for row in rows]} for title, key, rows in tables
    ]


def _cells(row: events.OverviewRow, key: str) -> list[Any]:
    here = {"scope": "area", key: row.key}
    late = {"text": row.overdue, "url": list_url(tab="overdue", clock="event", **here)} if row.overdue else row.overdue
    return [{"text": row.name, "url": list_url(tab="open", **here)}, row.open, late]


def _box(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return west, south, east, north
