"""Plants the fictional demo county through the doors of the domains, from the ground up."""

from collections.abc import Callable


def plant_when_empty(tell: Callable[[str], object]) -> None:
    """Plant the county where there is no unit yet; a node that has been used is left alone."""
    tell("no demo county yet")
