"""A dry run 试运行: what a version would do otherwise with the last events; nothing is changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.accounts import api as accounts
from linli.events.models import DutyList
from linli.events.queries.rulebook import RuleBook, book_of, rule_book, said_of
from linli.events.queries.sight import events_seen_by
from linli.events.rules.dispatch import Assignment, Where
from linli.events.rules.reasons import sentence

MOST = 2000
COLUMNS = (
    "id", "number", "title", "text", "channel", "matter__code", "matter__name", "reported_at", "county_id", "street_id",
    "community_id", "grid_id",
)  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """One event that another unit would get, and why."""

    number: str
    title: str
    matter: str
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class Trial:
    """What came of a dry run: how many events were read, which would move, and between which units how many."""

    read: int
    without_matter: int
    moved: Sequence[Moved]
    flows: Sequence[tuple[str, str, int]]


def dry_run(*, duty_list: DutyList, actor: accounts.Actor, now: datetime, last: int = 200) -> Trial:
    """Dispatch the last events that somebody may see by the version in force and by this one, and compare.

    Events without a matter are counted: no rule decides them. At most 2,000 are read.
    """
    current, changed = rule_book(now), book_of(duty_list)
    rows = list(events_seen_by(actor).order_by("-id").values(*COLUMNS)[: min(last, MOST)])
    known = [row for row in rows if row["matter__code"]]
    moved = []
    for row in known:
        before, after = _assigned(row, current), _assigned(row, changed)
        if before.unit_id != after.unit_id:
            why = " · ".join(sentence(reason) for reason in after.why)
            moved.append(
                Moved(row["number"], row["title"], row["matter__name"], before.unit_name, after.unit_name, why)
            )
    flows = Counter((one.before, one.after) for one in moved)
    ranked = [(before, after, count) for (before, after), count in flows.most_common()]
    return Trial(len(rows), len(rows) - len(known), moved, ranked)


def _assigned(row: dict[str, Any], book: RuleBook) -> Assignment:
    where = Where(row["county_id"], row["street_id"], row["community_id"], row["grid_id"])
    said = said_of(text=f"{row['title']} {row['text']}", channel=row["channel"], at=row["reported_at"])
    return book.assign(book.duties.get(row["matter__code"]), where, said)
