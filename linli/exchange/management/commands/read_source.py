"""`read_source`: reads a department's system for a run, in a process that may be ended at any moment."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from linli.exchange.rules.refusals import ExchangeRefusedError
from linli.exchange.slots import Ask, connectors


class Command(BaseCommand):
    """Takes one JSON object and writes a line of JSON for each chunk; runs start it themselves."""

    help = "Read a source for a run; started by runs, not by people."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Check or read."""
        job = json.load(sys.stdin)
        with translation.override(job.get("language") or "zh-hans"):
            try:
                self._do(job)
            except ExchangeRefusedError as refused:
                self._say({"refused": str(refused)})
            else:
                self._say({"end": True})

    def _do(self, job: dict[str, Any]) -> None:
        connector = connectors.get(job["connector"])
        if "ask" not in job:
            self._say({"said": connector.check(job["settings"])})
            return
        for chunk in connector.read(job["settings"], Ask(**job["ask"])):
            self._say({"chunk": {"header": list(chunk.header), "rows": [list(row) for row in chunk.rows],
                                 "cursor": chunk.cursor, "name": chunk.name, "lines": list(chunk.lines),
                                 "problem": chunk.problem}})  # fmt: skip

    def _say(self, told: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()
