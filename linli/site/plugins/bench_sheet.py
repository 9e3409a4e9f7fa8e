"""`linli bench sheet`: a form of 30 columns filled from a base of a million people, in the issuer's own layout."""

import re
import time
import urllib.request
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins import bench_registry
from linli.site.plugins.bench_forms import blank_form
from linli.site.plugins.bench_sign_in import sign_in
from linli.site.plugins.bench_stage import Node, Stage, stage
from linli.site.rules.bench_form import COLUMNS

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BOUNDARY, TRIES = "-linli-bench-", 5


class SheetBench(slots.Bench):
    """Who is meant, what is known of them, what the form asks for, and the file: end to end, and with openpyxl."""

    code = "sheet"
    label = gettext_lazy("A form filled from a base of a million people")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many people there are and how many rows are filled."""
        parser.add_argument("--people", type=int, default=1_000_000, help="how many people (default: 1000000)")
        parser.add_argument("--rows", type=int, default=10_000, help="how many rows are filled (default: 10000)")
        parser.add_argument(
            "--database", default=bench_registry.DATABASE, help=f"its name ({bench_registry.DATABASE}, as registry's)"
        )
        parser.add_argument("--rebuild", action="store_true", help="make the database anew (it is kept)")
        parser.add_argument("--drop", action="store_true", help="drop the database at the end")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Build what is missing, then fill."""
        name, people = options["database"], options["people"]
        fresh = options["rebuild"] or not bench_registry.is_kept(name, people)
        with stage(name, report=report, fresh=fresh, keep=not options["drop"]) as here:
            if fresh:
                bench_registry.fill(here, people, report)
            return measure(here, options["rows"])


def measure(here: Stage, rows: int) -> dict[str, Any]:
    """Fill a form on a stage, send a blank one to its web server, and return the figures."""
    told, figures = here.ask("clerk"), dict(here.ask("sheet", str(rows)))
    with here.serve("web") as node:
        cookie = sign_in(node.address, told["name"], told["password"])
        asked = [_first_proposal(node, cookie, blank_form()) for _ in range(TRIES)]
    return {**figures, "first_proposal_seconds": round(sorted(asked)[TRIES // 2], 3)}


def _first_proposal(node: Node, cookie: str, form: bytes) -> float:
    """Return the seconds from sending a form until the page is there that says what its columns ask for."""
    token = TOKEN.search(_answer(node, cookie, "/desk/forms"))
    body = _multipart({"csrfmiddlewaretoken": token[1] if token else ""}, form)
    began = time.perf_counter()
    shown = _answer(node, cookie, "/desk/forms", body)
    seconds = time.perf_counter() - began
    if COLUMNS[-2][0] not in shown:
        message = "the columns of the form did not come on screen"
        raise CommandError(message)
    return seconds


def _answer(node: Node, cookie: str, path: str, body: bytes | None = None) -> str:
    url = f"http://{node.address[0]}:{node.address[1]}{path}"
    headers = {"Cookie": cookie, "User-Agent": ""}
    headers |= {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"} if body else {}
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answer:
        return str(answer.read().decode())


def _multipart(said: Mapping[str, str], form: bytes) -> bytes:
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in said.items()]
    parts.append(b'name="file"; filename="form.xlsx"\r\nContent-Type: application/octet-stream\r\n\r\n' + form)
    edge = f"--{BOUNDARY}".encode()
    return b"".join(edge + b"\r\nContent-Disposition: form-data; " + one + b"\r\n" for one in parts) + edge + b"--\r\n"
