"""Applications, grants and corrections as people read them on pages."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange import states
from linli.exchange.models import Application, Correction, Grant, History, OpenSet, Subscription
from linli.exchange.queries.exporting import grades_of
from linli.exchange.queries.rising import Allowed, Risen, elements_for, risen_of
from linli.exchange.rules import wording
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

TONES = {"see": "", "reveal": "amber", "sensitive": "red", "nobody": "red"}  # by the step from which a grade is read


def state_of(row: Application | Grant | Correction, now: datetime | None = None) -> dict[str, str]:
    """Return the state in words with its tone; a grant whose period is over is over, marked or not."""
    state = row.state
    if isinstance(row, Grant) and now and state == states.ACTIVE and row.closes_at <= now:
        state = states.EXPIRED
    return {"text": str(states.LABELS[state]), "tone": states.TONES.get(state, "")}


def queue_of(offered: Mapping[str, tuple[str, Any]], asked: str) -> tuple[str, list[dict[str, Any]]]:
    """Return which of the lists somebody has is shown, and the tabs that lead to them; what waits is counted."""
    tab = asked if asked in offered else next(iter(offered))
    tabs = [
        {"label": label, "url": f"?tab={code}", "current": code == tab,
         **({"count": found.count()} if code == "answer" else {})}
        for code, (label, found) in offered.items()
    ]  # fmt: skip
    return tab, tabs


def left(row: Application | Correction, now: datetime) -> float | None:
    """Return the working seconds until an answer is due, negative when it is late; None where none is owed."""
    if row.due is None or row.state not in {states.APPLIED, states.PROPOSED}:
        return None
    return float(regions.working_seconds(now, row.due))


def labels(kind: str, codes: Iterable[str]) -> list[str]:
    """Return the official names of elements."""
    known = registry.elements_of(kind)
    return [known[code].label if code in known else code for code in codes]


def element_lines(row: Application | Grant, chosen: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return each element that is asked for beside what its grade says, who owns it, how it is shared."""
    known = registry.elements_of(row.kind)
    ticked = set(chosen["elements"]) if chosen else set(row.elements)
    lifted = set(chosen["lifted"]) if chosen else set(row.lifted)
    return [
        {
            "it": one,
            "grade": trust.GRADE_WORDS[one.grade],
            "tone": TONES[trust.handling(one.grade).sight],
            "sharing": wording.words(wording.SHARING, one.sharing),
            "ticked": code in ticked,
            "asked_whole": code in row.lifted,
            "lifted": code in lifted,
            "shown": _shown(one, code in row.lifted),
        }
        for code in row.elements
        if (one := known.get(code))
    ]


def facts_of(row: Application | Grant) -> list[dict[str, str]]:
    """Return the terms in short: kind, the grade of its highest element today, area, rows, period, quota, ways."""
    kind = registry.KINDS[row.kind]
    rows = [
        _("%(label)s: %(values)s") % {"label": labels(row.kind, [code])[0], "values": wording.listed(map(str, values))}
        for code, values in row.rows.items()
    ]
    grade = trust.grade_of_set(grades_of(row.kind, row.elements), people=row.quota)
    said = (
        (_("Kind of record"), kind.label),
        (_("Highest data grade"), trust.GRADE_WORDS[grade]),
        (_("People of"), regions.division(row.division_id).name),
        (_("Only those whose"), "; ".join(rows)),
        (_("Period"), _("%(first)s to %(last)s") % {"first": row.starts_on, "last": row.ends_on}),
        (_("Quota"), _("%(n)d people") % {"n": row.quota}),
        (_("How it is asked"), wording.listed(wording.words(wording.WAYS, one) for one in row.ways)),
        (_("Changes are sent to"), row.push_to),
        (_("Purpose"), registry.purpose_words(row.purpose)),
    )
    return [{"label": str(label), "value": str(value)} for label, value in said if value]


def grant_there(row: Application) -> list[dict[str, str]]:
    """Return what another node granted, and how one asks by it; nothing where it granted nothing."""
    told = row.peer_grant
    if not told:
        return []
    said = (
        (_("Number there"), told["number"]),
        (_("State"), states.LABELS.get(told["state"], told["state"])),
        (_("Which data elements"), wording.listed(labels(row.kind, told["elements"]))),
        (_("Period"), _("%(first)s to %(last)s") % {"first": told["starts_on"], "last": told["ends_on"]}),
        (_("Quota"), _("%(n)d people") % {"n": told["quota"]}),
        (_("How it is asked"), wording.listed(wording.words(wording.WAYS, one) for one in told["ways"])),
        (_("Grant in the interface"), row.number),
    )
    return [{"label": str(label), "value": str(value)} for label, value in said]


def timeline_of(history: Iterable[History]) -> list[dict[str, Any]]:
    """Return a history as the timeline draws it."""
    return [
        {
            "at": one.at, "text": wording.words(wording.STEPS, one.step), "said": one.words,
            "by": " · ".join(filter(None, (accounts.unit(one.unit_id).name if one.unit_id else "", one.by_name))),
        }
        for one in history
    ]  # fmt: skip


def chart_of(days: list[date], uses: Mapping[date, Mapping[str, int]]) -> dict[str, Any]:
    """Return the categories and series of the chart of uses."""
    series = [
        {"name": wording.words(wording.WAYS, way), "values": [uses.get(day, {}).get(way, 0) for day in days]}
        for way in wording.WAYS
    ]
    return {"days": [f"{day:%m-%d}" for day in days], "series": series}


def grant_rows(grants: Iterable[Grant], counts: Mapping[UUID, tuple[int, int]], now: datetime) -> list[list[Any]]:
    """Return grants as lines of a table: number, who reads, of whom, what, until when, how much was used."""
    return [
        [
            {"text": one.number, "url": reverse("exchange:grant", args=[one.pk])},
            one.maker, accounts.unit(one.owner_unit_id).name,
            regions.division(one.division_id).name, wording.listed(labels(one.kind, one.elements)),
            str(one.ends_on), {"text": f"{one.used} / {one.quota}"}, counts.get(one.pk, (0, 0))[0], state_of(one, now),
        ]
        for one in grants
    ]  # fmt: skip


def grant_columns() -> list[dict[str, Any]]:
    """Return the heads of the table of grants."""
    names = (_("Grant"), _("Who reads"), _("Owner"), _("People of"), _("Which data elements"), _("Last day"))
    figures = (_("People / quota"), _("Calls"))
    return [{"label": one, "figure": False} for one in names] + [
        *({"label": one, "figure": True} for one in figures), {"label": _("State"), "figure": False},
    ]  # fmt: skip


def risen_columns() -> list[dict[str, Any]]:
    """Return the heads of the table of what stands on a lower grade."""
    names = (_("What was allowed"), _("For whom"), _("Data element"), _("Grade then"), _("Grade now"), _("State"))
    return [{"label": one, "figure": False} for one in names]


def risen_rows(risen: Risen) -> list[list[Any]]:
    """Return a line for each risen element: what was allowed, for whom, both grades, whether it goes on."""
    name, whom = _called(risen.it)
    known = elements_for(risen.it)
    return [
        [
            name, whom, known[one.element].label if one.element in known else one.element,
            str(trust.GRADE_WORDS[one.before]), str(trust.GRADE_WORDS[one.now]),
            {"text": _("stands still"), "tone": "red"} if one.stops else {"text": _("goes on"), "tone": "amber"},
        ]
        for one in risen.rises
    ]  # fmt: skip


def risen_grant(row: Grant, *, decides: bool) -> dict[str, Any] | None:
    """Return what has risen of a grant, with its elements to choose from where somebody decides; None for nothing."""
    found = risen_of(row)
    if not found.rises or row.state in states.FINAL:
        return None
    stopped = {one.element for one in found.rises if one.stops}
    names = zip(row.elements, labels(row.kind, row.elements), strict=True)
    return {
        "stops": found.stops, "columns": risen_columns(), "rows": risen_rows(found), "decides": decides,
        "choices": [(code, label, code not in stopped) for code, label in names],
    }  # fmt: skip


def _called(row: Allowed) -> tuple[dict[str, str], str]:
    """Return what was allowed as a link to where it is decided, and for whom it was."""
    if isinstance(row, Grant):
        return {"text": row.number, "url": reverse("exchange:grant", args=[row.pk])}, row.maker
    if isinstance(row, Subscription):
        return {"text": row.name, "url": reverse("exchange:peer", args=[row.peer_id])}, str(row.peer)
    return _open(row), str(_("the public"))


def _open(row: OpenSet) -> dict[str, str]:
    return {"text": row.title, "url": reverse("exchange:open-sets")}


def _shown(one: registry.ElementInfo, asked_whole: bool) -> str:
    line = trust.handling(one.grade)
    if line.step == 0:
        return _("read plainly")
    if asked_whole:
        return _("asked for whole")
    return _("masked") if line.masked else _("nothing but that it is there")
