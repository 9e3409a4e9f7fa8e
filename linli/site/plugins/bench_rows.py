"""`linli bench rows`: what row-level security costs a list, a count and a search, at a million people."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins import bench_registry
from linli.site.plugins.bench_pages import made_by
from linli.site.plugins.bench_stage import Stage, exists, stage

DATABASE = "linli_bench_rows"
READY = "bench-rows.json"
FILLERS = (*bench_registry.FILLERS, "site/plugins/bench_wall.py")


class RowsBench(slots.Bench):
    """Officers over a grid, a community, a street and a county look behind the second wall, and without it."""

    code = "rows"
    label = gettext_lazy("Row security at a million people")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many people and how many looks."""
        parser.add_argument("--people", type=int, default=1_000_000, help="how many people (default: 1000000)")
        parser.add_argument("--rounds", type=int, default=41, help="turns of each look (default: 41)")
        parser.add_argument("--database", default=DATABASE, help=f"its name ({DATABASE})")
        parser.add_argument("--rebuild", action="store_true", help="make the database anew (it is kept)")
        parser.add_argument("--drop", action="store_true", help="drop the database at the end")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Build what is missing, then look."""
        name, people = options["database"], options["people"]
        fresh = options["rebuild"] or _read(name).get("mark") != _mark(people)
        with stage(name, report=report, fresh=fresh, keep=not options["drop"]) as here:
            if fresh:
                fill(here, people, report)
            return look(here, options["rounds"], report)


def fill(here: Stage, people: int, report: Callable[[str], None]) -> None:
    """Plant the demo county, 300 communities and so many people."""
    here.ask("plant")
    report(f"making {people} people")
    told = here.ask("rows", str(people))
    here.folder.joinpath(READY).write_text(json.dumps({**told, "mark": _mark(people)}))


def look(here: Stage, rounds: int, report: Callable[[str], None]) -> dict[str, Any]:
    """Look in turns behind the wall and without it, and return the ratios."""
    told = json.loads(here.folder.joinpath(READY).read_text())
    report(f"{told['people']} people, {told['entities']} records, {told['relations']} relations")
    return {**here.ask("wall", str(rounds)), "people": told["people"]}


def _mark(people: int) -> dict[str, Any]:
    return {"people": people, "made_by": made_by(*FILLERS)}


def _read(database: str) -> dict[str, Any]:
    """Return what the kept database was made of, nothing where there is none."""
    path = Stage.of(database).folder / READY
    kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() and exists(database) else {}
    return kept
