"""Pages of a list whose place is counted, for rows that are reckoned and not looked up by a key."""

from typing import Any

from django.http import HttpRequest

from linli.kernel import api as kernel


def numbered(request: HttpRequest, count: int, size: int) -> tuple[int, "kernel.Page[Any]"]:
    """Return where the asked page of so many rows begins, and the ways to the pages beside it."""
    said = request.POST.get("cursor", "") or request.GET.get("cursor", "")
    start = at if said.isdecimal() and (at := int(said)) < count else 0
    after, back = start + size, str(max(0, start - size)) if start else None
    return start, kernel.Page((), str(after) if after < count else None, back)


__all__ = ["numbered"]
