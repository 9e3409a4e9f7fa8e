"""Hot issues of a file of messages, as rows that somebody who knows the town can judge."""

from datetime import datetime
from pathlib import Path
from typing import Any

from linli.events.rules.hot import HotIssue, Message, hot_issues
from linli.kernel import api as kernel
from linli.kernel import slots

__all__ = ["find_hot_issues"]

COLUMNS = ("msg_id", "user", "title", "body", "time")
FORMS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")


def find_hot_issues(*, messages: Path, limit: int) -> dict[str, Any]:
    """Return the hottest issues of a csv with msg_id, user, title, body, time and, if known, likes.

    Raises NotJudgeableError.
    """
    rows = kernel.read_rows(messages, columns=COLUMNS)
    found = hot_issues(_message(row) for row in rows)[:limit]
    return {"issues": [_row(rank, issue) for rank, issue in enumerate(found, start=1)]}


def _row(rank: int, issue: HotIssue) -> dict[str, Any]:
    return {
        "rank": rank,
        "title": issue.title,
        "place": issue.name.text if issue.name else None,
        "from": issue.since.date().isoformat(),
        "to": issue.until.date().isoformat(),
        "people": issue.people,
        "messages": [one.key for one in issue.messages],
        "heat": issue.heat,
        "why": {
            "people_in_busiest_90_days": issue.busiest,
            "closeness": round(issue.closeness, 3),
            "share_naming_the_place": round(issue.name.share, 3) if issue.name else 0,
            "likes": issue.likes,
        },
    }


def _message(row: dict[str, str]) -> Message:
    likes = row.get("likes", "").strip()
    return Message(
        row["msg_id"], row["user"], row["title"].strip(), row["body"].strip(), _time(row),
        int(float(likes)) if likes else 0,
    )  # fmt: skip


def _time(row: dict[str, str]) -> datetime:
    for form in FORMS:
        try:
            return datetime.strptime(row["time"].strip(), form)  # noqa: DTZ007  only compared with its like
        except ValueError:
            continue
    raise slots.NotJudgeableError(
        f"The time {row['time']!r} of message {row['msg_id']} is not a date that we can read."
    )
