"""`linli bench ledger`: entries written durably and sealed, proved, verified; and what recording adds to a card."""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins.bench_stage import Report, Stage, stage

DATABASE = "linli_bench_ledger"
SYNC = "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit')"


class LedgerBench(slots.Bench):
    """Several processes record in groups, as sweeps and lists do; another seals ten times a second meanwhile."""

    code = "ledger"
    label = gettext_lazy("The use ledger: recorded, sealed, proved, verified")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many."""
        parser.add_argument("--records", type=int, default=1_000_000, help="how many entries (default: 1000000)")
        parser.add_argument("--writers", type=int, default=2, help="processes that write (default: 2)")
        parser.add_argument("--group", type=int, default=500, help="entries in a transaction (default: 500)")
        parser.add_argument("--proofs", type=int, default=500, help="how many proofs (default: 500)")
        parser.add_argument("--cards", type=int, default=300, help="how many cards are read (default: 300)")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Write, prove, verify; then read cards with the ledger and without."""
        with stage(DATABASE, report=report) as here:
            durable = dict(here.query(SYNC))
            report("planting the demo county")
            here.ask("plant")
            here.ask("base")
            report("reading cards with the ledger and without")
            cards = here.ask("entries", "cards", str(options["cards"]))
            here.ask("entries", "settle")
            written = _write(here, options, report)
            report("proving")
            proofs = here.ask("entries", "prove", str(options["proofs"]))
            report("verifying")
            verified = here.ask("entries", "verify")
        return {
            "per_second": written["per_second"],
            "proof_ms": proofs["median_ms"],
            "read_overhead": cards["overhead"],
            "bare_overhead": cards["bare"],
            "verify_seconds_per_million": round(verified["seconds"] / verified["sealed"] * 1_000_000, 2),
            "proof_p95_ms": proofs["p95_ms"],
            "sealed_behind_s": written["behind"],
            "records": written["records"],
            "whole": verified["ok"],
            "fsync": durable.get("fsync"),
            "synchronous_commit": durable.get("synchronous_commit"),
        }


def _write(here: Stage, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Let writers and one sealer work at once; return the rate of the writers and how long sealing took after them."""
    writers, group = options["writers"], options["group"]
    each = options["records"] // writers
    report(f"{writers} writers, {each} entries each, {group} in a transaction; one process seals")
    with ThreadPoolExecutor(writers + 1) as pool:
        sealing = pool.submit(here.ask, "entries", "seal", str(each * writers))
        writing = [pool.submit(here.ask, "entries", "write", str(each), str(group)) for _ in range(writers)]
        done = [one.result() for one in writing]
        ended = time.monotonic()
        sealed = sealing.result()
    seconds = max(one["ended"] for one in done) - min(one["began"] for one in done)
    behind = round(time.monotonic() - ended, 1)
    return {"per_second": round(each * writers / seconds), "records": sealed["sealed"], "behind": behind}
