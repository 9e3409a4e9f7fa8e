"""The dictionary of data elements in memory, read again when it changes."""

from collections.abc import Mapping

from linli.kernel import api as kernel
from linli.registry.models import Element
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.masks import LIST
from linli.trust import api as trust

REVISION = "registry.elements"
FIELDS = tuple(ElementInfo.__slots__)
_held: tuple[int, dict[str, dict[str, ElementInfo]]] = (-1, {})


def elements_of(kind: str) -> Mapping[str, ElementInfo]:
    """Return the data elements of a kind in use, by code, in the order in which cards show them."""
    return _dictionary().get(kind, {})


def open_elements(kind: str) -> list[ElementInfo]:
    """Return the elements of a kind that every list shows plainly: by them a list may be narrowed."""
    return [one for one in elements_of(kind).values() if LIST.of(one) == "plain" and not one.is_sealed]


def owners_of(kind: str) -> dict[str, str]:
    """Return the owner department of each element of a kind in use."""
    return {code: element.owner for code, element in elements_of(kind).items()}


def codes_of(element: ElementInfo) -> frozenset[str]:
    """Return the codes that an element may hold; none where it is not coded."""
    return frozenset(entry.code for entry in kernel.code_entries(element.table)) if element.table else frozenset()


def all_elements(*, retired: bool = False) -> list[Element]:
    """Return the rows of the dictionary in order, for the page that shows it."""
    rows = Element.objects.order_by("kind", "position", "id")
    return list(rows if retired else rows.filter(retired_at=None))


def _dictionary() -> dict[str, dict[str, ElementInfo]]:
    global _held  # noqa: PLW0603  the index is one per process
    trust.keep_handling_fresh()
    present = kernel.revision(REVISION)
    if _held[0] != present:
        found: dict[str, dict[str, ElementInfo]] = {}
        rows = Element.objects.filter(retired_at=None).order_by("kind", "position", "id")
        for row in rows.values(*FIELDS):
            found.setdefault(row["kind"], {})[row["code"]] = ElementInfo(**row)
        _held = (present, found)
    return _held[1]
