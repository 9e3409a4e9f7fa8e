"""The ledger as a table for people."""

from collections.abc import Iterable
from typing import Any

from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.trust.models import LedgerEntry

GOOD = "ok"


def ledger_columns() -> list[dict[str, Any]]:
    """Return the heads of the columns."""
    labels = (_("When"), _("Who"), _("Unit and post"), _("Action"), _("Purpose"), _("Object"), _("Items"), _("Result"))
    return [{"label": label} for label in labels]


def ledger_rows(entries: Iterable[LedgerEntry]) -> list[list[Any]]:
    """Return the cells of each entry. Accounts and objects lead to everything by them and about them."""
    units = {unit.id: unit.name for unit in accounts.units()}
    return [_row(entry, units) for entry in entries]


def _row(entry: LedgerEntry, units: dict[int, str]) -> list[Any]:
    place = units.get(entry.unit_id, "") if entry.unit_id is not None else ""
    return [
        formats.date_format(timezone.localtime(entry.at), "Y-m-d H:i:s"),
        _who(entry),
        " · ".join(filter(None, [place, entry.post_code])) or "—",
        entry.action,
        entry.purpose or "—",
        {"text": f"{entry.object_kind} {entry.object_id}", "url": "?" + urlencode({"object": entry.object_id})},
        ", ".join(entry.elements) or "—",
        {"text": entry.result, "tone": "green" if entry.result == GOOD else "amber"},
    ]


def _who(entry: LedgerEntry) -> Any:
    kinds = {"staff": _("Staff"), "resident": _("Resident"), "guest": _("Guest"), "system": _("The node")}
    kind = kinds.get(entry.actor_kind, entry.actor_kind)
    if entry.person_id is None:
        return kind
    return {"text": f"{kind} {entry.person_id.hex[-8:]}", "url": "?" + urlencode({"person": str(entry.person_id)})}
