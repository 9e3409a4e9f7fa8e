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


def asked(text: str) -> tuple[Asked, ...]:
    """Return the columns of a text: `outer > leaf = element | transform | choice,choice` on each line."""
    found = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        names, _equals, meaning = line.partition(" =")
        element, transform, choices = ([part.strip() for part in meaning.split("|")] + ["", ""])[:3]
        path = tuple(name.strip().replace("\\n", "\n") for name in names.split(" > "))
        if not element and not transform:
            transform = "blank"
        found.append(Asked(path, element, transform, tuple(filter(None, choices.split(",")))))
    return tuple(found)
