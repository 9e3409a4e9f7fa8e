"""Replies from which a county learns: its own, to be judged by officers, and the file that comes back judged."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.models import Event
from linli.events.rules.replies_model import Answered
from linli.kernel import api as kernel
from linli.kernel import slots
from linli.trust import api as trust

__all__ = ["REPLY_COLUMNS", "asked_of", "judged_replies", "replies_to_judge"]

REPLY_COLUMNS = ("number", "title", "body", "reply", "perfunctory")
WORDS = {"1": True, "0": False}
LONGEST_BODY = 300
NEWEST = 1000


def asked_of(title: str, body: str) -> str:
    """Return what was asked as the model reads it: the title and the beginning of the text."""
    return f"{title}{body[:LONGEST_BODY]}"


def replies_to_judge(*, now: datetime, newest: int = NEWEST) -> list[dict[str, str]]:
    """Return the newest replies of this county with an empty column for the judgement; the ledger keeps that."""
    rows = Event.objects.exclude(public_answer="").exclude(closed_at=None).order_by("-closed_at")[:newest]
    found = [
        {"number": one.number, "title": trust.redact_public(one.title), "body": trust.redact_public(one.text),
         "reply": trust.redact_public(one.public_answer), "perfunctory": ""}
        for one in rows
    ]  # fmt: skip
    with transaction.atomic():
        trust.record(
            by=accounts.SYSTEM, action="export", purpose="events.learning", subjects=[], object_kind="event",
            object_id="", elements=["text", "public_answer"], now=now,
        )  # fmt: skip
    return found


def judged_replies(path: Path) -> list[Answered]:
    """Return the rows that somebody judged, without those left empty. Raises NotJudgeableError."""
    found = []
    for row in kernel.read_rows(path, columns=REPLY_COLUMNS[1:]):
        word = row["perfunctory"].strip()
        if word and word not in WORDS:
            raise slots.NotJudgeableError(f"{path}: the column perfunctory holds 1 or 0, not {word!r}.")
        if word and row["reply"].strip():
            found.append(Answered(asked_of(row["title"], row["body"]), row["reply"], perfunctory=WORDS[word]))
    return found
