"""The ledger and the reviews of looks as tables for people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.trust import slots, states
from linli.trust.models import LedgerEntry, LookReview, ReviewStep
from linli.trust.queries.look_reviews import Precision
from linli.trust.rules.look_rules import RULES

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


TONES = {
    states.FOUND: "amber",
    states.ASKED: "blue",
    states.JUSTIFIED: "green",
    states.UNJUSTIFIED: "red",
    states.MISUSE: "red",
}


def review_lines(
    reviews: Iterable[LookReview], reasons: Mapping[Any, Sequence[Mapping[str, str]]]
) -> list[dict[str, Any]]:
    """Return each review for a list: whose unit and post, which days, why, what state."""
    units, posts = {unit.id: unit.name for unit in accounts.units()}, accounts.post_names()
    return [
        {
            "row": row,
            "account": row.person_id.hex[-8:],
            "who": " · ".join(
                filter(None, [units.get(row.unit_id or 0, ""), posts.get(row.post_code, row.post_code)])
            ) or "—",
            "reasons": reasons.get(row.pk, ()),
            "state": states.LABELS[row.state],
            "tone": TONES[row.state],
        }
        for row in reviews
    ]  # fmt: skip


def review_steps(steps: Iterable[ReviewStep]) -> list[dict[str, Any]]:
    """Return the steps of a review for a timeline."""
    names = {
        "found": _("The rules found it"),
        "ask": _("The officer was asked"),
        "explain": _("The officer explained"),
        "justify": _("Decided: justified"),
        "not_justify": _("Decided: not justified"),
        "misuse": _("Decided: misuse"),
    }
    return [{"at": one.at, "text": names[one.step], "said": one.words} for one in steps]


def precision_columns() -> list[dict[str, Any]]:
    """Return the heads of the table of outcomes."""
    return [
        {"label": _("Rule")},
        {"label": _("Borne out"), "figure": True},
        {"label": _("Decided"), "figure": True},
        {"label": _("Share"), "figure": True},
    ]


def precision_rows(found: Iterable[Precision]) -> list[list[Any]]:
    """Return how the reviews of each rule ended."""
    return [
        [
            {"text": str(RULES[one.code].label)}, one.confirmed, one.decided,
            {"text": "—" if one.share is None else f"{one.share:.0%}"},
        ]
        for one in found
    ]  # fmt: skip


def decided_chart(months: Sequence[tuple[date, Precision]]) -> dict[str, Any]:
    """Return the share of confirmed reviews by month, for a chart."""
    return {
        "categories": [f"{month:%Y-%m}" for month, _found in months],
        "series": [
            {"name": str(_("Confirmed, per cent")), "values": [round(100 * (one.share or 0)) for _month, one in months]}
        ],
    }


def in_words(code: str) -> str:
    """Return what a code of the ledger is called, else the code itself."""
    try:
        return str(slots.words.get(code).label)
    except kernel.UnknownPluginError:
        return code


def _row(entry: LedgerEntry, units: dict[int, str], posts: dict[str, str]) -> list[Any]:
    place = units.get(entry.unit_id, "") if entry.unit_id is not None else ""
    return [
        formats.date_format(timezone.localtime(entry.at), "Y-m-d H:i:s"),
        _who(entry),
        " · ".join(filter(None, [place, posts.get(entry.post_code, entry.post_code)])) or "—",
        in_words(entry.action),
        in_words(entry.purpose) or "—",
        _object(entry),
        pgettext("between items", ", ").join(in_words(element) for element in entry.elements) or "—",
        {"text": in_words(entry.result), "tone": "green" if entry.result == GOOD else "amber"},
    ]


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
