"""How often one address may report without signing in: enough for a whole street, too little for a flood."""

from datetime import datetime

from django.core.cache import cache

from linli.kernel import api as kernel

AN_HOUR, MOST_REPORTS = 3600, 60


def count_report(*, source: str, now: datetime) -> None:
    """Count one report from a network address; raise TooManyRequestsError beyond 60 in an hour."""
    hour, passed = divmod(int(now.timestamp()), AN_HOUR)
    key = f"report:{kernel.keyed_token(source, context='site.reports')[:32]}:{hour}"
    cache.add(key, 0, timeout=AN_HOUR)
    if cache.incr(key) > MOST_REPORTS:
        raise kernel.TooManyRequestsError(retry_after=AN_HOUR - passed)
