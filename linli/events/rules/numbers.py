"""The first part of an event's number: the place, as people say it."""

import re

SUFFIX = re.compile(
    r"(社区居民委员会|社区居委会|居民委员会|居委会|村民委员会|村委会|社区|街道|新村|村|镇|乡|县|区|市)$"
)


def short_name(name: str) -> str:
    """Return a division's name without its kind: 南苑社区 → 南苑. At least two characters stay."""
    short = SUFFIX.sub("", name)
    return short if len(short) > 1 else name
