"""What a sheet says around its rows: merged ranges, drop-downs, conditional formats, filters, links, page breaks."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from linli.sheets.rules.delivery.formulas import moved
from linli.sheets.rules.delivery.nodes import Edits, Node
from linli.sheets.rules.delivery.places import Growth, Place, cell_of, letters_of, moved_ranges
from linli.sheets.rules.refusals import DeliveryRefusedError

_FORMULAS = ("formula", "formula1", "formula2", "f")
_LOOKS = ("conditionalFormatting", "dataValidation")
Range = tuple[int, int, int, int]  # first row, first column, last row, last column


def model_merges(top: Node, place: Place) -> list[tuple[int, int]]:
    """Return the first and last columns of the merged ranges within the model row.

    Raises DeliveryRefusedError where an entry of the list takes several rows.
    """
    found = []
    for one in top.each("mergeCell"):
        begin, left, end, right = range_of(one.attributes["ref"])
        if begin == end == place.model:
            found.append((left, right))
        elif place.first_row <= begin <= place.model <= end < place.end:
            raise DeliveryRefusedError(
                _("An entry of this list takes several rows. Such lists are filled by hand: merge no rows of the list.")
            )
    return found


def move_frame(edits: Edits, top: Node, growth: Growth, place: Place, merges: Sequence[tuple[int, int]]) -> None:
    """Move everything of a sheet but its rows; rows that are inserted are merged, checked and coloured as the model."""
    if not growth.by:
        return
    for part in top.parts:
        if part.name not in {"sheetData", "cols", "colBreaks"}:
            _move(edits, part, growth, place)
    cells = top.first("mergeCells")
    if cells and merges:
        new = [
            f'<{cells.prefix}mergeCell ref="{_a1(left, row)}:{_a1(right, row)}"/>'
            for row in range(growth.last + 1, growth.last + growth.by + 1)
            for left, right in merges
        ]
        edits.put(cells.parts[-1].end, cells.parts[-1].end, "".join(new).encode())
        if "count" in cells.attributes:
            edits.head(cells, {"count": str(len(cells.parts) + len(new))})


def range_of(text: str) -> Range:
    """Return first and last row and column of a range. Raises ValueError."""
    one, _colon, two = text.partition(":")
    (begin, left), (end, right) = cell_of(one), cell_of(two or one)
    return begin, left, end, right


def _move(edits: Edits, node: Node, growth: Growth, place: Place, *, within: bool = False) -> None:
    within = within or _is_within(edits.xml, node, place)
    changes = {name: value for name, value in _changes(node, growth, place).items() if value != node.attributes[name]}
    if changes:
        edits.head(node, dict(changes))
    if node.name in _FORMULAS and not node.parts:
        edits.text(node, moved(node.text(edits.xml), growth, sheet=growth.sheet, within=within))
    elif node.name == "sqref" and not node.parts:
        edits.text(node, _looks(node.text(edits.xml), growth, place))
    for one in node.parts:
        _move(edits, one, growth, place, within=within)


def _changes(node: Node, growth: Growth, place: Place) -> dict[str, str]:
    """Return the attributes of an element that name rows, as they are afterwards."""
    said, changes = node.attributes, {}
    if "sqref" in said and node.name in _LOOKS:
        changes["sqref"] = _looks(said["sqref"], growth, place)
    elif "sqref" in said:
        changes["sqref"] = _ranges(said["sqref"], growth)
    changes |= {name: _ranges(said[name], growth) for name in ("ref", "activeCell", "topLeftCell") if name in said}
    if "location" in said:
        changes["location"] = moved(said["location"], growth, sheet=growth.sheet)
    if node.name == "cfvo" and said.get("type") == "formula" and "val" in said:
        changes["val"] = moved(said["val"], growth, sheet=growth.sheet, within=True)
    if node.name == "brk" and said.get("id", "").isdecimal():
        row = int(said["id"])
        changes["id"] = str(row + growth.by if row >= growth.last else row)  # a page that ends with the list still does
    return changes


def _ranges(text: str, growth: Growth) -> str:
    return " ".join(
        moved_ranges(one, growth) if ":" in one else moved(one, growth, sheet=growth.sheet) for one in text.split()
    )


def _looks(text: str, growth: Growth, place: Place) -> str:
    """Return where a look or a check holds: what holds for the model row holds for each row that is inserted."""
    found = []
    for one in text.split():
        after = moved_ranges(one, growth)
        found.append(after)
        try:
            begin, left, end, right = range_of(one)
        except ValueError:
            continue
        if begin <= place.model <= end < growth.last:
            found.append(f"{_a1(left, growth.last + 1)}:{_a1(right, growth.last + growth.by)}")
    return " ".join(found)


def _is_within(xml: bytes, node: Node, place: Place) -> bool:
    """Tell whether a look or a check begins in the list: its formulas speak of the rows one by one."""
    text = node.attributes.get("sqref", "")
    inner = next((one for one in node.parts if one.name == "sqref"), None)
    first = (text or (inner.text(xml) if inner else "")).split()
    try:
        return bool(first) and place.first_row <= range_of(first[0])[0] <= place.end
    except ValueError:
        return False


def _a1(column: int, row: int) -> str:
    return f"{letters_of(column)}{row}"
