"""`linli bench_ground`: what a bench needs done inside its own database; `linli bench` calls it there."""

import itertools
import json
import secrets
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from linli.accounts import api as accounts
from linli.events import api as events
from linli.exchange import api as exchange
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.site import demo
from linli.site.plugins import (
    bench_entries,
    bench_filled,
    bench_forms,
    bench_people,
    bench_sealed,
    bench_tampering,
    bench_told,
    bench_wall,
)
from linli.site.plugins.bench_load import sample_words
from linli.site.rules.reports import reports
from linli.trust import api as trust

PER_MATTER, SHORTEST = 20, 6
SEED = 1
ORIGINALS = 400
GRID_WORKER, OFFICER, DEPARTMENT = "bench-grid", "bench-officer", "csgl"


class Command(BaseCommand):
    """Plants, fills or checks the database it runs on, and prints one JSON object last."""

    help = "Prepare or check the database of a bench (called by `linli bench`; changes the database it runs on)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what is to be done."""
        what = parser.add_subparsers(dest="what", required=True, metavar="WHAT", help="what is to be done")
        what.add_parser("plant", help="the demo county, its staff and duties, and a key to report with")
        payloads = what.add_parser("payloads", help="what intake would write for sample reports, into a table")
        payloads.add_argument("count", type=int, help="how many")
        what.add_parser("ledger", help="recompute the use ledger")
        what.add_parser("viewers", help="report some events, and employ those with the least rights who look at them")
        crowd = what.add_parser("crowd", help="copies of the events that are there, spread over all grids")
        crowd.add_argument("count", type=int, help="how many")
        crowd.add_argument("--due", type=int, default=0, help="all open, and so many of them overdue")
        crowd.add_argument("--near", action="store_true", help="most open, and all in sight of the viewers")
        what.add_parser("base", help="the people of the demo county, and two who look at them")
        people = what.add_parser("people", help="copies of the people that are there")
        people.add_argument("count", type=int, help="how many people there are then")
        rows = what.add_parser("rows", help="300 communities with so many people")
        rows.add_argument("count", type=int, help="how many people")
        wall = what.add_parser("wall", help="look behind the second wall and without it, in turns")
        wall.add_argument("rounds", type=int, help="how often each")
        what.add_parser("clerk", help="people where there are none, and somebody who may fill forms")
        sheet = what.add_parser("sheet", help="fill a form from the base, then once more with openpyxl")
        sheet.add_argument("count", type=int, help="how many rows")
        filled = what.add_parser("fill", help="fill forms whose answers are known, and judge each cell")
        filled.add_argument("folders", nargs="+", help="folders with forms and a gold.json")
        what.add_parser("data-set", help="a mapped data set of people, and the codes of the grids")
        crypto = what.add_parser("crypto", help="ids sealed by COPY, and readers that look until they are told to stop")
        crypto.add_argument("deed", choices=["ready", "write", "index", "read", "left"], help="what to do")
        crypto.add_argument("numbers", nargs="*", help="where to begin, how many, whose; or the seed of a reader")
        what.add_parser("sweep", help="let what is overdue rise")
        linkage = what.add_parser("linkage", help="match single records against an index of made-up people")
        linkage.add_argument("records", type=int, help="how many are in the index")
        linkage.add_argument("incoming", type=int, help="how many come in one by one")
        linkage.add_argument("seed", type=int, help="which people")
        changes = what.add_parser("changes", help="people who become known one after the other")
        changes.add_argument("prefix", help="what their names begin with")
        changes.add_argument("count", type=int, help="how many")
        changes.add_argument("rate", type=float, help="how many a second")
        ask = what.add_parser(
            "ask", help="correct somebody known by the feed of another node, and apply for a data set"
        )
        ask.add_argument("code", help="its code")
        what.add_parser("answer", help="confirm what another node proposed, and approve what it applied for")
        what.add_parser("offer", help="a data set that others may apply for").add_argument("code", help="its code")
        what.add_parser("element", help="add a data element").add_argument("code", help="its code")
        entries = what.add_parser("entries", help="record, seal, prove, verify, tamper with the use ledger")
        entries.add_argument("deed", choices=[*bench_entries.DEEDS, "tamper"], help="what of it")
        entries.add_argument("numbers", type=int, nargs="*", help="how many")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it and print what came of it."""
        done: dict[str, Any] = getattr(self, options["what"].replace("-", "_"))(**options)
        self.stdout.write(json.dumps(done, ensure_ascii=False, default=str))

    def plant(self, **_options: Any) -> dict[str, Any]:
        """Plant the county; return a key, texts and points for reports."""
        now = kernel.now()
        if not accounts.units():
            demo.plant(tell=self.stdout.write, seed=SEED, count=0, people=0, now=now)
        holding = accounts.holdings_on(now.date()).filter(post__code="dispatcher").order_by("id")[0]
        issued = accounts.issue_token(holding=holding, name="bench", by=accounts.SYSTEM, now=now)
        return {"key": issued.raw, "texts": _texts(), "points": list(_points())}

    def fill(self, *, folders: list[str], **_options: Any) -> dict[str, Any]:
        """Fill forms; return what came of it."""
        return bench_filled.fill_forms([Path(one) for one in folders])

    def data_set(self, **_options: Any) -> dict[str, Any]:
        """Put the data set that `linli bench load` fills into the catalogue."""
        county = regions.Division.objects.filter(level=regions.Level.COUNTY).order_by("id")[0]
        exchange.plant_people_dataset(code="bench", division_id=county.id, now=kernel.now())
        return {"areas": list(regions.Grid.objects.order_by("code").values_list("code", flat=True))}

    def payloads(self, *, count: int, **_options: Any) -> dict[str, Any]:
        """Write what intake would write for so many reports into the table `bench_payload`, for pgbench."""
        now, by = kernel.now(), _reporter()
        drafts = zip(range(count), _drafts(), strict=False)
        rows = [(n, events.composed_report(draft=draft, by=by, now=now, key=f"floor-{n}")) for n, draft in drafts]
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS bench_payload (id integer PRIMARY KEY, payload text NOT NULL)")
            cursor.execute("TRUNCATE bench_payload")
            with cursor.copy("COPY bench_payload FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute("ANALYZE bench_payload")
        return {"payloads": count}

    def linkage(self, *, records: int, incoming: int, seed: int, **_options: Any) -> dict[str, Any]:
        """Match single records against an index."""
        return dict(exchange.measure_online(records=records, incoming=incoming, seed=seed))

    def crypto(self, *, deed: str, numbers: list[str], **_options: Any) -> dict[str, Any]:
        """Do one part of the bench; a writer waits for a line, and the maker of indexes for what was taken off."""
        if deed == "ready":
            return bench_sealed.make_ready()
        if deed == "left":
            return {"left": bench_sealed.left_on_old_keys()}
        connection.ensure_connection()
        self._say("ready")
        if deed == "read":
            good, bad = bench_sealed.look_on(int(numbers[0]))
            return {"good": good, "bad": bad}
        told = sys.stdin.readline()
        if deed == "index":
            bench_sealed.put_back(json.loads(told))
        else:
            bench_sealed.write(int(numbers[0]), int(numbers[1]), numbers[2])
        return {"done": deed}

    def _say(self, word: str) -> None:
        self.stdout.write(word)
        self.stdout.flush()

    def viewers(self, **_options: Any) -> dict[str, Any]:
        """Report originals for the crowd; employ a grid worker over one grid and an officer of one department."""
        now, by = kernel.now(), _reporter()
        drafts = [
            *itertools.islice(_drafts(), ORIGINALS),
            events.ReportDraft(text=sample_words()["rare"], channel="rest"),
        ]
        for draft in drafts:
            events.report_event(draft=draft, by=by, now=now)
        password = secrets.token_urlsafe(12)
        for name, post, unit, area in _viewers():
            person = accounts.create_person(
                username=name, name=name, password=password, must_change_password=False, by=accounts.SYSTEM, now=now
            )
            accounts.open_holding(
                person=person, post=post, unit=unit, grid_id=area, valid_from=now.date(), by=accounts.SYSTEM, now=now
            )
        return {"names": [GRID_WORKER, OFFICER], "password": password}

    def crowd(self, *, count: int, near: bool, due: int, **_options: Any) -> dict[str, Any]:
        """Add copies of the events that are there."""
        areas = list(_areas())
        plan = events.CrowdPlan(count, areas, percent_open=100 if due else 10, due=due)
        if near:
            officer = accounts.unit_by_code(DEPARTMENT)
            lead = officer.id if officer else None
            plan = events.CrowdPlan(count, areas[:2], percent_open=90, lead_unit_id=lead)
        return {"events": events.crowd_events(plan=plan, now=kernel.now())}

    def base(self, **_options: Any) -> dict[str, Any]:
        """Plant people and those who look at them; return what is looked for."""
        return bench_people.prepare(kernel.now())

    def people(self, *, count: int, **_options: Any) -> dict[str, Any]:
        """Add copies of the people; return how many there are of what."""
        return bench_people.crowd(count)

    def rows(self, *, count: int, **_options: Any) -> dict[str, Any]:
        """Plant people in 300 communities; return how many there are of what."""
        return dict(bench_wall.prepare(count, kernel.now()))

    def wall(self, *, rounds: int, **_options: Any) -> dict[str, Any]:
        """Return what the second wall costs."""
        return dict(bench_wall.measure(rounds))

    def clerk(self, **_options: Any) -> dict[str, Any]:
        """Plant people, and return how somebody signs in who may fill forms."""
        return bench_forms.prepare(kernel.now())

    def sheet(self, *, count: int, **_options: Any) -> dict[str, Any]:
        """Return what filling a form costs."""
        return bench_forms.measure(count)

    def sweep(self, **_options: Any) -> dict[str, Any]:
        """Sweep as the worker does every minute, and say how long it took."""
        now, started, worked = kernel.now(), time.perf_counter(), time.process_time()
        swept = events.sweep_overdue(now=now)
        return {
            "seconds": round(time.perf_counter() - started, 3),
            "cpu_seconds": round(time.process_time() - worked, 3),
            "escalated": swept.escalated,
        }

    def changes(self, *, prefix: str, count: int, rate: float, **_options: Any) -> dict[str, Any]:
        """Let people become known; return when each was."""
        return bench_told.changes(prefix, count, rate)

    def entries(self, *, deed: str, numbers: list[int], **_options: Any) -> dict[str, Any]:
        """Do something with the ledger."""
        deeds = {**bench_entries.DEEDS, "tamper": bench_tampering.tamper}
        return deeds[deed](*numbers)

    def ask(self, *, code: str, **_options: Any) -> dict[str, Any]:
        """Propose a correction to another node, and apply for a data set of it."""
        return {"proposed": bench_told.propose(), "applied": bench_told.apply(code)}

    def answer(self, **_options: Any) -> dict[str, Any]:
        """Answer both there."""
        return {**bench_told.confirm(), **bench_told.grant()}

    def offer(self, *, code: str, **_options: Any) -> dict[str, Any]:
        """Offer a data set to other nodes."""
        return bench_told.offer(code)

    def element(self, *, code: str, **_options: Any) -> dict[str, Any]:
        """Add a data element of this node."""
        return bench_told.element(code)

    def ledger(self, **_options: Any) -> dict[str, Any]:
        """Seal what waits and recompute all."""
        trust.seal_waiting(now=kernel.now())
        return {"ok": trust.verify_ledger().ok}


def _reporter() -> accounts.Actor:
    return accounts.actors_with("events.report", on=kernel.now().date())[0]


def _drafts() -> Iterator[events.ReportDraft]:
    """Yield the reports of `bench_load.reports` as drafts, without end."""
    for report in reports(_texts(), list(_points())):
        yield events.ReportDraft(**report, channel="rest")


def _texts() -> list[str]:
    return [text for text, _code, _group in events.sample_texts(PER_MATTER) if len(text) >= SHORTEST]


def _viewers() -> Iterator[tuple[str, Any, Any, int | None]]:
    """Yield name, post, unit and grid of those who look."""
    area = next(_areas())
    known = {holding.post.code: holding for holding in accounts.holdings_on(kernel.now().date())}
    units = {holding.unit_id: holding.unit for holding in accounts.holdings_on(kernel.now().date())}
    department = accounts.unit_by_code(DEPARTMENT)
    if department is None:
        message = f"the demo county has no unit {DEPARTMENT}"
        raise LookupError(message)
    yield GRID_WORKER, known["grid-worker"].post, units[area.unit_id], area.grid_id
    yield OFFICER, known["department-officer"].post, units[department.id], None


def _areas() -> Iterator[events.CrowdArea]:
    """Yield every grid of the county with the unit of its community."""
    for lng, lat in _points():
        place = regions.locate(lng, lat)
        if not place or not place.grid_id or not place.community_id:
            continue
        unit = accounts.unit_for(kind="community", division_id=place.community_id)
        if unit:
            yield events.CrowdArea(
                place.grid_id, place.community_id, place.street_id, place.county_id, unit.id, lng, lat
            )


def _points() -> Iterator[tuple[float, float]]:
    """Yield a point in each grid of the county."""
    for unit in itertools.islice((unit for unit in accounts.units() if unit.kind == "centre"), 1):
        for feature in regions.grids_geojson(unit.division_id)["features"]:
            ring = feature["geometry"]["coordinates"][0]
            middle = sum(point[0] for point in ring) / len(ring), sum(point[1] for point in ring) / len(ring)
            if regions.locate(*middle):
                yield middle
