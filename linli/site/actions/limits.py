"""How often one address may report without signing in: enough for a whole street, too little for a flood."""

from datetime import datetime

from linli.kernel import api as kernel

MOST_REPORTS = 60


def count_report(*, source: str, now: datetime) -> None:
    """Count one report from a network address; raise TooManyRequestsError beyond 60 in an hour."""
    kernel.count_use(kind="report", source=source, most=MOST_REPORTS, now=now)
