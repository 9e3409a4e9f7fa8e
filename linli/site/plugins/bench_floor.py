"""The floor of intake: the same rows written by pgbench, without any Python in between."""

import re
import shutil
import subprocess
from pathlib import Path

from linli.site.plugins.bench_stage import Report, Stage
from linli.site.runtime import cluster
from linli.site.runtime.trouble import Trouble

SCRIPT = """\
SELECT events_intake(payload::jsonb) FROM bench_payload WHERE id = :client_id * {each} + :turn - 1
"""
TPS = re.compile(r"tps = ([0-9.]+) \(without initial")


def floor_per_second(here: Stage, *, clients: int, each: int, report: Report) -> float | None:
    """Return the reports per second that PostgreSQL alone can take, or None where there is no pgbench."""
    program = _pgbench()
    if program is None:
        report("no pgbench on this machine: the floor is not measured")
        return None
    here.ask("payloads", str(clients * each))
    script = here.folder / "floor.sql"
    script.write_text("\\set turn :turn + 1\n" + SCRIPT.format(each=each))
    options = ["-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-t", str(each), "-D", "turn=0"]
    done = subprocess.run(  # noqa: S603  PostgreSQL's own program
        [program, *options, "-f", str(script), here.url], capture_output=True, text=True, check=False
    )
    found = TPS.search(done.stdout)
    if done.returncode or not found:
        report(f"pgbench failed: {done.stderr.strip()[-400:]}")
        return None
    return round(float(found[1]), 1)


def _pgbench() -> str | None:
    try:
        own = cluster.programs() / "pgbench"
    except Trouble:
        own = Path("pgbench")
    return str(own) if own.exists() else shutil.which("pgbench")
