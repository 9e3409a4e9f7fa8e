"""What `linli evaluate sheets --fill` needs done inside its own database: forms filled, and each cell asked again.

A form goes the whole way of any form. Where the answers of the form differ from what was proposed for a column, the
officer says so; rows are those that the words of the form propose, else everybody of the area. What comes back is read
as any file is read, and each cell is compared with what the base says of that one record alone.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.sheets import api as sheets
from linli.site.plugins.bench_forms import employed, fullest_community

PURPOSE, POST, MOST_ROWS = "report", "welfare-officer", 100
BASIS = _("a decision of the county, for this test")


@dataclass
class Tally:
    """Cells that forms ask for, those filled by machine, those that no post reads for the purpose, those wrong."""

    forms: int = 0
    rows: int = 0
    cells: int = 0
    filled: int = 0
    closed: int = 0
    judged: int = 0
    wrong: list[str] = field(default_factory=list)
    empty: dict[str, int] = field(default_factory=dict)

    def figures(self) -> dict[str, Any]:
        """Return the figures as they are printed."""
        return {
            "forms": self.forms, "rows": self.rows, "cells": self.cells, "filled": self.filled, "closed": self.closed,
            "judged": self.judged, "fill_rate": round(self.filled / max(self.cells, 1), 4),
            "wrong_cells": len(self.wrong),
        }  # fmt: skip


def fill_forms(folders: Sequence[Path]) -> dict[str, Any]:
    """Fill every form of some folders; return the figures, those of each form, and what is wrong."""
    now, total, each = kernel.now(), Tally(), {}
    for folder in folders:
        for gold in json.loads((folder / sheets.GOLD).read_text("utf-8")):
            one = Tally()
            _fill(one, folder / gold["file"], gold, now)
            each[gold["file"]] = {**one.figures(), "empty": one.empty}
            for name in ("forms", "rows", "cells", "filled", "closed", "judged", "wrong"):
                setattr(total, name, getattr(total, name) + getattr(one, name))
    return {**total.figures(), "each": each, "wrong": total.wrong}


def _fill(tally: Tally, path: Path, gold: Mapping[str, Any], now: datetime) -> None:
    worker, checker = _staff([area for table in gold["tables"] for area in table["areas"]], now)
    form = sheets.bring_form(issued=sheets.Issued(path.read_bytes(), path.name, basis=str(BASIS)), by=worker, now=now)
    sheets.confirm_columns(form_id=form.pk, chosen=dict(_chosen(form, gold)), by=worker, now=now)
    form.refresh_from_db()
    choice = sheets.Choice(PURPOSE, timezone.localdate(now), dict(_scopes(form, worker, now)))
    sheets.choose_rows(form_id=form.pk, choice=choice, by=worker, now=now)
    for part in form.parts.all():
        part.lines.filter(place__gte=MOST_ROWS).update(left_out="evaluation")
    sheets.hand_in(form_id=form.pk, by=worker, now=now)
    sheets.check_form(form_id=form.pk, by=checker, now=now)
    sent = sheets.deliver_form(form_id=form.pk, by=worker, now=now)
    tally.forms, tally.rows = 1, sent.delivery.rows
    tally.cells, tally.filled = sent.delivery.cells, sent.delivery.filled
    form.refresh_from_db()
    judged = sheets.judge_form(form, sent.content, by=worker, now=now)
    tally.judged, tally.closed, tally.empty = judged.cells, judged.closed, dict(judged.empty)
    tally.wrong = [f"{path.stem}: {one}" for one in judged.wrong]


def _staff(areas: Collection[str], now: datetime) -> tuple[accounts.Actor, accounts.Actor]:
    """Return two who fill and check: of a community, or of the street over the areas that a table of figures names."""
    held, holdings = fullest_community(now), accounts.holdings_on(timezone.localdate(now))
    if areas:
        offices = [one for one in holdings if one.post.code == "street-officer"]
        held = next(one for one in offices if {area.name for area in regions.children(one.division_id)} & set(areas))
    post = next(one.post for one in holdings if one.post.code == POST)
    return employed(post, held.unit, now), employed(post, held.unit, now)


def _chosen(form: Any, gold: Mapping[str, Any]) -> Iterator[tuple[Any, sheets.Chosen]]:
    """Yield what an officer says of each column: what was proposed, unless the form means another element."""
    meant = {tuple(one["path"]): one["element"] for table in gold["tables"] for one in table["columns"]}
    for part in form.parts.all():
        for column in part.columns.all():
            element = meant.get(tuple(column.path), column.element)
            same = element == column.element
            how = sheets.transform_of(column.transform) if same else _usual(element)
            yield column.pk, sheets.Chosen(element, how)


def _usual(path: str) -> sheets.Transform:
    known = registry.elements_of(registry.kind_at(path)).get(path.rpartition(".")[2]) if path else None
    return sheets.usual_transform(known) if known else sheets.transform_of({"kind": "blank"})


def _scopes(form: Any, worker: accounts.Actor, now: datetime) -> Iterator[tuple[Any, sheets.Scope]]:
    for part in form.parts.all():
        proposed = sheets.proposed_scope(part)
        count = sheets.count_rows(part=part, scope=proposed, purpose=PURPOSE, by=worker, now=now)
        yield part.pk, proposed if count else sheets.Scope(form.division_id, level=proposed.level)
