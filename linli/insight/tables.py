"""Figures as people read them: per cent with its sample, raw beside adjusted, each leading to its list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.insight.queries.figures import Figure, Row
from linli.insight.queries.measures import Definition
from linli.insight.rules.counting import Share
from linli.insight.rules.wording import KINDS, kind_words

NOTHING = "–"
ListUrl = Callable[..., str]


def percent(share: Share) -> str:
    """Return a share as per cent, with a word where the sample is small."""
    if share.value is None:
        return NOTHING
    text = f"{share.value * 100:.1f}%"
    return _("%(share)s (small sample)") % {"share": text} if share.is_small else text


def together(rows: Iterable[Row], measures: Sequence[Definition]) -> Row:
    """Return the figures of several groups as one."""
    listed = list(rows)
    return {one.code: _sum(row[one.code] for row in listed) for one in measures}


def columns() -> list[dict[str, Any]]:
    """Return the heads of a table by unit, kind or matter."""
    labels = (_("Raw"), _("Adjusted"), _("Hits / sample"), _("Left out"))
    return [{"label": _("Name")}, *({"label": label, "figure": True} for label in labels)]


def by_kind(rows: Mapping[int, Row], measure: Definition) -> list[list[Any]]:
    """Return one line for each kind of unit, in the order of the ladder."""
    kinds: dict[str, list[Row]] = {}
    for unit_id, row in rows.items():
        kinds.setdefault(accounts.unit(unit_id).kind, []).append(row)
    return [
        _line({"text": kind_words(kind)}, together(kinds[kind], [measure])[measure.code])
        for kind in KINDS
        if kind in kinds and kind in measure.tiers
    ]


def by_unit(rows: Mapping[int, Row], measure: Definition, url: ListUrl) -> list[list[Any]]:
    """Return one line for each unit, by kind and code: an order that ranks nobody."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    units = [accounts.unit(unit_id) for unit_id in rows]
    shown = sorted((unit for unit in units if unit.kind in measure.tiers), key=lambda one: (order[one.kind], one.code))
    return [
        _line({"text": unit.name, "url": url(unit=unit.id)}, rows[unit.id][measure.code])
        for unit in shown
        if rows[unit.id][measure.code].raw.sample
    ]


def by_matter(rows: Mapping[str, Row], measure: Definition, url: ListUrl) -> list[list[Any]]:
    """Return one line for each matter, by code."""
    names = {duty.code: duty.name for duty in events.matters_in_force()}
    return [
        _line({"text": names.get(code) or code or _("no matter yet"), "url": url(matter=code) if code else ""}, row)
        for code, row in sorted(((code, found[measure.code]) for code, found in rows.items()), key=lambda one: one[0])
        if row.raw.sample
    ]


def _line(name: dict[str, Any], figure: Figure) -> list[Any]:
    raw, adjusted = figure.raw, figure.adjusted
    sample = f"{raw.hits} / {raw.sample}"
    return [name, {"text": percent(raw)}, {"text": percent(adjusted)}, {"text": sample}, figure.left_out.sample]


def _sum(figures: Iterable[Figure]) -> Figure:
    raw, left_out = Share(), Share()
    for one in figures:
        raw, left_out = raw + one.raw, left_out + one.left_out
    return Figure(raw, left_out)
