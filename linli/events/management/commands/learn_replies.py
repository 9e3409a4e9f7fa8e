"""`linli learn_replies`: train the model of perfunctory replies from replies that officers judged."""

import csv
import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.events.actions.learn import NothingToRollBackError, VersionNameError
from linli.events.actions.learn_replies import learn_replies, roll_back_replies
from linli.events.queries.replies import REPLY_COLUMNS, judged_replies, replies_to_judge
from linli.events.rules.replies_model import ReplyModelError
from linli.kernel import api as kernel
from linli.kernel import slots

REFUSALS = (ReplyModelError, VersionNameError, NothingToRollBackError, slots.NotJudgeableError)


class Command(BaseCommand):
    """Writes the county's own replies for officers to judge, learns from the file, and reports before it takes over."""

    help = "Learn which replies are perfunctory from judged replies; report before it takes over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add where to learn from and what to do with the result."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--sheet", type=Path, help="write the newest replies of this county as csv, to be judged")
        source.add_argument("--file", type=Path, help="csv or csv.gz with title, body, reply and perfunctory (1 or 0)")
        source.add_argument("--rollback", action="store_true", help="put the version before in use, at last the rules")
        parser.add_argument("--out", metavar="NAME", help="the name of the version; left out: the time")
        parser.add_argument("--force", action="store_true", help="take over even when it is worse")
        parser.add_argument("--json", action="store_true", help="print the figures as one JSON object, last")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Learn and print."""
        try:
            shown = _chosen(options)
        except REFUSALS as problem:
            raise CommandError(str(problem)) from problem
        if options["json"]:
            self.stdout.write(json.dumps(shown, ensure_ascii=False))
            return
        for name, value in shown.items():
            self.stdout.write(f"{name:<14} {value}")


def _chosen(options: dict[str, Any]) -> dict[str, Any]:
    now = kernel.now()
    if options["rollback"]:
        return {"in_use": roll_back_replies() or "rules"}
    if options["sheet"]:
        return {"written": _write(options["sheet"], replies_to_judge(now=now))}
    version = options["out"] or f"replies-{now:%Y%m%d-%H%M%S}"
    replies = judged_replies(options["file"])
    return asdict(learn_replies(replies=replies, version=version, now=now, force=options["force"]))


def _write(path: Path, rows: list[dict[str, str]]) -> int:
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.DictWriter(target, REPLY_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)
