"""What a form asks for, column by column 表样: as an office applies for it, draws it, or takes it from a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.rules.transforms import Transform, made, transform_of

KINDS: Mapping[str, str | Promise] = {
    "persons": gettext_lazy("one row for each person"),
    "households": gettext_lazy("one row for each household"),
    "houses": gettext_lazy("one row for each house"),
    "organisations": gettext_lazy("one row for each organisation"),
    "things": gettext_lazy("one row for each thing"),
    "statistics": gettext_lazy("figures by area"),
    "events": gettext_lazy("one row for each event"),
    "unknown": gettext_lazy("other rows"),
}
MOST_COLUMNS = 80
REMARKS = ("备注", "说明", "签名", "签字", "盖章", "签章")  # left for a hand on every form: no question to anybody
BY_ITSELF = frozenset({"row_number", "sum", "difference", "ratio", "constant", "area"})  # follows from the others
OWN = ("+", "＋")  # begins a column of its own, which no element answers
COUNTED = frozenset({"count", "total"})  # the base counts it


@dataclass(frozen=True, slots=True)
class DesignColumn:
    """One column: its header from the outermost name to the leaf, the element it asks for, how that is written."""

    path: tuple[str, ...]
    element: str = ""
    transform: Transform = field(default_factory=lambda: made("text"))

    @property
    def header(self) -> str:
        """Its header in words."""
        return " / ".join(self.path)

    @property
    def leaf(self) -> str:
        """The name that is its own."""
        return self.path[-1] if self.path else ""

    @property
    def group(self) -> str:
        """The name above its own, if there is one."""
        return " / ".join(self.path[:-1])

    @property
    def is_by_itself(self) -> bool:
        """Whether it asks nobody for anything: numbers of rows, sums of other columns, remarks, signatures."""
        is_remark = not self.element and any(word in self.path[-1] for word in REMARKS)
        return self.transform.kind in BY_ITSELF or is_remark

    @property
    def is_counted(self) -> bool:
        """Whether the base counts it."""
        return self.transform.kind in COUNTED

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {"path": list(self.path), "element": self.element, "transform": self.transform.as_data()}


@dataclass(frozen=True, slots=True)
class Design:
    """A whole form: title, what a row stands for, columns in order, words below the table."""

    title: str
    kind: str
    columns: tuple[DesignColumn, ...]
    notes: tuple[str, ...] = ()


def column_of(data: Mapping[str, Any]) -> DesignColumn:
    """Return a column that was kept."""
    return DesignColumn(tuple(data["path"]), str(data["element"]), transform_of(data["transform"]))


def columns_of(data: Iterable[Mapping[str, Any]]) -> tuple[DesignColumn, ...]:
    """Return columns that were kept."""
    return tuple(column_of(one) for one in data)


def check_columns(columns: Sequence[DesignColumn]) -> None:
    """Raise FormRefusedError where these are no columns of a form."""
    if not columns:
        raise FormRefusedError(_("Choose at least one column."))
    if len(columns) > MOST_COLUMNS:
        raise FormRefusedError(_("A form has at most %d columns.") % MOST_COLUMNS)
    if any(not one.path or not one.path[-1].strip() for one in columns):
        raise FormRefusedError(_("Every column needs a name."))
    seen: set[tuple[str, ...]] = set()
    for one in columns:
        if one.path in seen:
            raise FormRefusedError(_("Two columns are called %s.") % one.header)
        seen.add(one.path)


def moved(columns: Sequence[DesignColumn], place: int, by: int) -> list[DesignColumn]:
    """Return the columns with one of them moved; beyond the ends it stays."""
    found, to = list(columns), place + by
    if 0 <= place < len(found) and 0 <= to < len(found):
        found.insert(to, found.pop(place))
    return found


__all__ = [
    "BY_ITSELF", "KINDS", "MOST_COLUMNS", "OWN", "Design", "DesignColumn", "check_columns", "column_of",
    "columns_of", "moved",
]  # fmt: skip
