"""`linli learn_replies`: train the model of perfunctory replies from replies that officers judged."""

import csv
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from linli.events.actions.learn_replies import learn_replies, roll_back_replies
from linli.events.management.learning import LearningCommand
from linli.events.queries.replies import REPLY_COLUMNS, judged_replies, replies_to_judge
from linli.events.rules.replies_model import ReplyModelError
from linli.kernel import api as kernel
from linli.kernel import slots


class Command(LearningCommand):
    """Writes the county's own replies for officers to judge, learns from the file, and reports before it takes over."""

    refusals = (ReplyModelError, slots.NotJudgeableError)
    column = 14
    help = "Learn which replies are perfunctory from judged replies; report before it takes over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add where to learn from and what to do with the result."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--sheet", type=Path, help="write the newest replies of this county as csv, to be judged")
        source.add_argument("--file", type=Path, help="csv or csv.gz with title, body, reply and perfunctory (1 or 0)")
        source.add_argument("--rollback", action="store_true", help="put the version before in use, at last the rules")
        self.add_result_arguments(parser)

    def chosen(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Learn, write the sheet or go back."""
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
