"""How often somebody may do something: counted by the hour, for all processes together."""

from datetime import datetime

from django.core.cache import cache

from linli.kernel.rules.limits import TooManyRequestsError
from linli.kernel.rules.sealing import keyed_token

AN_HOUR = 3600


def count_use(*, kind: str, source: str, most: int, now: datetime) -> None:
    """Count one use of a kind by a source (an address, a key); raise TooManyRequestsError beyond `most` in an hour."""
    hour, passed = divmod(int(now.timestamp()), AN_HOUR)
    key = f"{kind}:{keyed_token(source, context='kernel.uses')[:32]}:{hour}"
    cache.add(key, 0, timeout=AN_HOUR)
    if cache.incr(key) > most:
        raise TooManyRequestsError(retry_after=AN_HOUR - passed)
