"""How a form of the test material is described: one line a column, and what stands around the table."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One column: its header path, the element it asks for ("" for none), the kind of transform, a drop-down list."""

    path: tuple[str, ...]
    element: str
    transform: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One table of a form. `blank_rows` stand empty to be filled, `filled` is how many rows hold sample values.

    `merged` False: names over several columns stand in their first cell only. `gap` are empty columns before the first.
    `card`: how many columns stand in each row of a card of one person, each name with a cell to fill at its right.
    """

    name: str
    layout: str
    kind: str
    title: str
    columns: tuple[Asked, ...]
    above: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    filled: int = 6
    blank_rows: int = 0
    total: str = ""
    total_first: bool = False
    notes: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    merged: bool = True
    gap: int = 0
    hidden: tuple[int, ...] = ()
    lists_elsewhere: bool = False
    encoding: str = "utf-8"
    delimiter: str = ","
    more: tuple["Form", ...] = field(default=())
    same_sheet: bool = False
    card: tuple[int, ...] = ()


def asked(text: str) -> tuple[Asked, ...]:
    """Return the columns of a text: `outer > leaf = element | transform | choice,choice` a line, `~` for none."""
    found = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        names, _equals, meaning = line.partition(" =")
        element, transform, choices = ([part.strip() for part in meaning.split("|")] + ["", ""])[:3]
        path = () if names == "~" else tuple(name.strip().replace("\\n", "\n") for name in names.split(" > "))
        if not element and not transform:
            transform = "blank"
        found.append(Asked(path, element, transform, tuple(filter(None, choices.split(",")))))
    return tuple(found)


def carded(text: str) -> dict[str, tuple]:
    """Return the columns and rows of a card: `;` between the names of a row; a group is written before its first."""
    rows = [line.split(" ; ") for line in filter(None, (one.strip() for one in text.splitlines()))]
    groups = [row[0].partition(" =")[0].rpartition(" > ")[0] for row in rows]
    lines = [
        f"{group} > {one}" if group and number else one
        for group, row in zip(groups, rows, strict=True)
        for number, one in enumerate(row)
    ]
    return {"columns": asked("\n".join(lines)), "card": tuple(len(row) for row in rows)}
