"""The ledger as a table for people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.trust import slots
from linli.trust.models import CounterSignature, HeadProblem, LedgerEntry
from linli.trust.rules.witnessing import REASONS

GOOD = "ok"
LENGTH_OF_ID = 36


def ledger_columns() -> list[dict[str, Any]]:
    """Return the heads of the columns."""
    labels = (
        _("When"),
        _("Who"),
        _("Unit and post"),
        _("Action"),
        _("Purpose"),
        _("Looked at"),
        _("Items"),
        _("Result"),
    )
    return [{"label": label} for label in labels]


def ledger_rows(entries: Iterable[LedgerEntry]) -> list[list[Any]]:
    """Return the cells of each entry. Accounts and objects lead to everything by them and about them."""
    units, posts = {unit.id: unit.name for unit in accounts.units()}, accounts.post_names()
    return [_row(entry, units, posts) for entry in entries]


def witness_line(one: CounterSignature) -> str:
    """Say up to where a witness signed."""
    told = {"name": one.name, "number": one.number, "when": _moment(one.at)}
    return _("%(name)s counter-signed up to seal %(number)d, %(when)s.") % told


def conflict_line(one: HeadProblem) -> str:
    """Say what does not fit between two heads, and whose they are."""
    told = {"name": one.name, "why": REASONS.get(one.reason, one.reason), "when": _moment(one.at)}
    if one.ours:
        return _("%(when)s: %(name)s refused the head of this ledger. %(why)s") % told
    return _("%(when)s: the head of %(name)s was refused here. %(why)s") % told


def in_words(code: str) -> str:
    """Return what a code of the ledger is called, else the code itself."""
    try:
        return str(slots.words.get(code).label)
    except kernel.UnknownPluginError:
        return code


def _row(entry: LedgerEntry, units: dict[int, str], posts: dict[str, str]) -> list[Any]:
    place = units.get(entry.unit_id, "") if entry.unit_id is not None else ""
    return [
        _moment(entry.at),
        _who(entry),
        " · ".join(filter(None, [place, posts.get(entry.post_code, entry.post_code)])) or "—",
        in_words(entry.action),
        in_words(entry.purpose) or "—",
        _object(entry),
        pgettext("between items", ", ").join(in_words(element) for element in entry.elements) or "—",
        {"text": in_words(entry.result), "tone": "green" if entry.result == GOOD else "amber"},
    ]


def _moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "Y-m-d H:i:s")


def _object(entry: LedgerEntry) -> dict[str, str]:
    kind = in_words(entry.object_kind)
    name = entry.case_ref or (entry.object_id[-8:] if len(entry.object_id) == LENGTH_OF_ID else entry.object_id)
    return {"text": f"{kind} {name}", "url": "?" + urlencode({"object": entry.object_id})}


def _who(entry: LedgerEntry) -> Any:
    kinds = {"staff": _("Staff"), "resident": _("Resident"), "guest": _("Guest"), "system": _("The node")}
    kind = kinds.get(entry.actor_kind, entry.actor_kind)
    if entry.person_id is None:
        return kind
    return {"text": f"{kind} {entry.person_id.hex[-8:]}", "url": "?" + urlencode({"person": str(entry.person_id)})}
