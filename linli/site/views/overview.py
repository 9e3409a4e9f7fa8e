"""The county overview: five figures, the map, the trend, and where the work lies; each figure leads to its list."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.site.views.inbox import wanted_of
from linli.site.views.shell import SEE, desk, desk_context


@desk("events.overview")
def overview(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the figures over everything this person may see."""
    found = events.overview(actor=actor, now=kernel.now())
    context = {
        **desk_context(actor, "overview"),
        "overview": found,
        "figures": _figures(found),
        "days": [f"{day.day.month}/{day.day.day}" for day in found.trend],
        "trend": [
            {"name": _("Reported"), "values": [day.reported for day in found.trend]},
            {"name": _("Closed"), "values": [day.closed for day in found.trend], "tone": "green"},
        ],
        "ranked": _ranked(found),
        "areas": reverse("desk:grids"),
        "points": reverse("desk:points"),
    }
    return render(request, "site/desk/overview.html", context)


@desk(*SEE)
def map_page(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the events of a list on the map, with the list beside it."""
    now = kernel.now()
    wanted = wanted_of(request, actor)
    page = events.inbox_page(actor=actor, wanted=wanted, now=now, cursor=request.GET.get("cursor") or None)
    items = [
        {
            "label": row["title"],
            "url": reverse("desk:event", args=[row["number"]]),
            "value": row["community__name"] or "",
        }
        for row in page.items
    ]
    context = {
        **desk_context(actor, "map"),
        "page": page,
        "items": items,
        "areas": reverse("desk:grids"),
        "points": f"{reverse('desk:points')}?{request.GET.urlencode()}",
    }
    return render(request, "site/desk/map.html", context)


@desk(*SEE)
def points(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Answer the points of a list as GeoJSON; `box` narrows to west,south,east,north."""
    found = events.map_points(
        actor=actor, wanted=wanted_of(request, actor), box=_box(request.GET.get("box", "")), now=kernel.now()
    )
    for feature in found["features"]:
        known = feature["properties"]
        known["url"] = reverse("desk:event", args=[known["number"]])
        known["tone"] = "red" if known["clock"] == "overdue" else "teal"
    return JsonResponse(found)


@desk(*SEE)
def grids(_request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Answer the grids of the areas this person works in, with the count of open events in each, as GeoJSON."""
    wanted = events.InboxFilter(tab="open", scope="area")
    counts = events.counts_by_grid(actor=actor, wanted=wanted, now=kernel.now())
    found: dict[str, Any] = {"type": "FeatureCollection", "features": []}
    for division in {holding.division_id for holding in actor.holdings}:
        for feature in regions.grids_geojson(division)["features"]:
            value = counts.get(feature["id"], 0)
            known = {**feature["properties"], "value": value}
            found["features"].append({**feature, "properties": known})
    return JsonResponse(found)


def _figures(found: events.Overview) -> list[dict[str, Any]]:
    return [
        {"label": _("Open"), "value": found.open, "url": _list(tab="open", scope="area")},
        {"label": _("Overdue"), "value": found.overdue, "url": _list(tab="overdue", scope="area"), "tone": "red"},
        {"label": _("Due today"), "value": found.due_today, "url": _list(tab="today", scope="area"), "tone": "amber"},
        {"label": _("Waiting for dispatch"), "value": found.screening, "url": reverse("desk:dispatch")},
        {"label": _("Reported today"), "value": found.reported_today, "url": _list(tab="open", scope="area")},
    ]


def _ranked(found: events.Overview) -> list[dict[str, Any]]:
    tables = (
        (_("By matter"), "matter", found.by_matter),
        (_("By unit"), "unit", found.by_unit),
        (_("By community"), "division", found.by_area),
    )
    columns = [_("Name"), _("Open"), _("Overdue")]
    return [
        {
            "title": title,
            "columns": columns,
            "rows": [
                [
                    {"text": row.name, "url": _list(tab="open", scope="area", **{key: row.key})},
                    row.open,
                    {"text": row.overdue, "url": _list(tab="overdue", scope="area", **{key: row.key})},
                ]
                for row in rows
            ],
        }
        for title, key, rows in tables
    ]


def _list(**query: str) -> str:
    return f"{reverse('desk:inbox')}?{urlencode(query)}"


def _box(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return west, south, east, north
