"""Every sort of table, read the same way: records of the registry, areas with figures, rows of another source."""

from collections.abc import Callable, Sequence
from datetime import datetime

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets.models import Line, Part
from linli.sheets.queries.figures import read_figures
from linli.sheets.queries.filled import Reading, kind_of, read_lines
from linli.sheets.queries.sources import read_source, source_for

BY_AREA = "statistics"


def has_rows(part: Part) -> bool:
    """Tell whether rows of this table can be chosen; all others are filled by hand on paper."""
    return bool(kind_of(part)) or part.kind == BY_AREA or source_for(part) is not None


def read_part(
    part: Part, lines: Sequence[Line], *, by: accounts.Actor, now: datetime, read: Callable[..., registry.Found]
) -> Reading:
    """Return lines as they stand. Records are read by `read`; who counts or knows the others records that as well."""
    if kind_of(part):
        return read_lines(part, lines, by=by, now=now, read=read)
    return (read_figures if part.kind == BY_AREA else read_source)(part, lines, by=by, now=now)
