"""How the value of a data element becomes what a column asks for 转换: small, and kept as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = (
    "text",  # as it is
    "date",  # layout: how the day is written, such as "%Y-%m-%d", "%Y%m%d", "%Y.%m"
    "code",  # write: "label" or "code"; words: {label of the table: word that the form uses}
    "flag",  # yes, no: the words that the form uses; when: [operator, value] that makes it yes, else ["=", "yes"]
    "id15",  # digits: 15 or 18
    "tail",  # digits: how many at the end
    "amount",  # unit: yuan, ten_thousand; per: month, year; kept, kept_unit: the same of what the base keeps
    "number",  # unit: as the form names it
    "area",  # level: county, street, community, group, grid: that part of the area's path
    "age",  # of a day; on: ISO day or "" for the day of filling; unit: year
    "part",  # of: citizen_id; take: birth_date or sex
    "sum",  # columns: indexes whose values are added
    "difference",  # columns: the first less the others
    "ratio",  # columns: part, whole
    "range",  # table: [[from, below, word]]: look-up of a number in ranges; of: age, on: as for age, for a day
    "count",  # of: kind; where: [[element, operator, value]]; by: the element of the row's area
    "total",  # of: element; where: as in count: the sum of a number over the counted
    "row_number",  # 1, 2, 3 …; restarts: whether each block begins anew
    "constant",  # value
    "blank",  # left for a hand: signature, stamp, remark
)


@dataclass(frozen=True, slots=True)
class Transform:
    """One conversion: its kind out of `KINDS`, and the settings named there."""

    kind: str = "text"
    settings: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {"kind": self.kind, **self.settings}


def transform_of(data: Mapping[str, Any]) -> Transform:
    """Return a transform that was kept."""
    return Transform(str(data["kind"]), {name: value for name, value in data.items() if name != "kind"})


def made(kind: str, **settings: Any) -> Transform:
    """Return a transform of a kind."""
    return Transform(kind, settings)


__all__ = ["KINDS", "Transform", "made", "transform_of"]
