"""Everything that asks something of people today, as the domains say it through the slot `askers`."""

from datetime import date

from linli.trust import slots
from linli.trust.rules.asking import Asking


def askings_today(day: date) -> list[Asking]:
    """Return all of it, by code. As many queries as the askers need, however much they ask."""
    return sorted((one for asker in slots.askers.all() for one in asker.askings(day=day)), key=lambda one: one.code)
