"""The ledger, the register of processing activities and the reviews of looks as tables for people."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.regions import api as regions
from linli.trust import slots
from linli.trust.models import (
    CounterSignature,
    ExportFile,
    ExportRequest,
    HeadProblem,
    LedgerEntry,
    LookReview,
    ReviewStep,
)
from linli.trust.queries.activities import basis_labels
from linli.trust.queries.exports import label_of
from linli.trust.queries.look_reviews import Precision
from linli.trust.rules.activities import DEFERRED, Activity
from linli.trust.rules.exports import PLACES
from linli.trust.rules.grades import GRADE_WORDS
from linli.trust.rules.look_rules import RULES
from linli.trust.rules.witnessing import REASONS
from linli.trust.states import exports as export_states
from linli.trust.states import looks as states

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
        _("Proof"),
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
        _moment(entry.at),
        _who(entry),
        " · ".join(filter(None, [place, posts.get(entry.post_code, entry.post_code)])) or "—",
        in_words(entry.action),
        in_words(entry.purpose) or "—",
        _object(entry),
        pgettext("between items", ", ").join(in_words(element) for element in entry.elements) or "—",
        {"text": in_words(entry.result), "tone": "green" if entry.result == GOOD else "amber"},
        {"text": _("Download"), "url": reverse("trust_entry_proof", args=[entry.pk])},
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


def register_rows(rows: Iterable[Activity]) -> list[dict[str, Any]]:
    """Return what the page shows of each entry. The same few queries, however many there are."""
    known = _Known()
    return [
        {
            "it": one,
            "basis": known.bases.get(one.basis, one.basis),
            "who": _choosers(one, known),
            "case": _case(one),
            "kept": _kept(one),
            "assessment": _assessment(one),
            "told": _told(one),
        }
        for one in rows
    ]


def register_lines(rows: Iterable[Activity]) -> list[list[Any]]:
    """Return a heading and a line for each entry."""
    heads = [
        pgettext("of an activity", "Code"), _("Name"), _("What the data are used for"),
        pgettext("of an activity", "Legal basis"), _("Law and article"), _("Chosen by"), _("Highest grade"),
        _("Only these data elements"), _("Bound to a case"), _("Kept"), _("Impact assessment"),
        _("When the person is told"), _("Version"), _("In force from"), _("Shipped as a sample"),
    ]  # fmt: skip
    lines = []
    for row in register_rows(rows):
        one: Activity = row["it"]
        lines.append([
            one.code, str(one.name), str(one.what_for), row["basis"], str(one.law), row["who"], one.grade,
            _listed(one.elements), row["case"], row["kept"], row["assessment"], row["told"], one.number,
            one.begins_on.isoformat() if one.begins_on else "", _("yes") if one.is_sample else _("no"),
        ])  # fmt: skip
    return [heads, *lines]


class _Known:
    """Names that every entry needs, read once."""

    def __init__(self) -> None:
        self.posts = accounts.post_names()
        self.units = {unit.code: unit.name for unit in accounts.units()}
        self.bases = basis_labels()


def _choosers(one: Activity, known: _Known) -> str:
    if not one.chosen:
        return _("bound to the page where it happens")
    named = [known.posts.get(code, code) for code in one.posts] + [known.units.get(code, code) for code in one.units]
    return _listed(named) or _("every post that opens the data")


def _case(one: Activity) -> str:
    labels = {kind.code: str(kind.label) for kind in slots.case_kinds.all()}
    kinds = _listed([labels.get(code, code) for code in one.case_kinds])
    if not one.case_needed:
        return _("not needed")
    return _("needed: %(kinds)s") % {"kinds": kinds} if kinds else _("needed")


def _kept(one: Activity) -> str:
    return _("%(n)s months") % {"n": one.kept_months} if one.kept_months else _("as the rules of keeping say")


def _assessment(one: Activity) -> str:
    if not one.needs_assessment:
        return _("not needed")
    return one.assessed_on.isoformat() if one.assessed_on else _("needed, not made yet")


def _told(one: Activity) -> str:
    return str(one.disclosure_law) if one.disclosure == DEFERRED else pgettext("when somebody is told", "at once")


def _listed(names: Sequence[str]) -> str:
    return pgettext("between items", ", ").join(str(one) for one in names)


def export_columns() -> list[dict[str, Any]]:
    """Return the heads of the columns over files that left."""
    labels = (_("When"), _("Mark"), _("List"), _("Rows"), _("Data grade"), _("Who"), _("Allowed by"))
    return [{"label": label, "figure": label == labels[3]} for label in labels]


def export_rows(files: Iterable[ExportFile]) -> list[list[Any]]:
    """Return the cells of each file that left; the mark leads to what the ledger says of it."""
    return [
        [
            _moment(one.at), one.mark, label_of(one.kind), one.rows, GRADE_WORDS[one.grade], one.who,
            one.basis.partition(":")[2] or one.basis or _("the post"),
        ]
        for one in files
    ]  # fmt: skip


def export_line(row: ExportRequest, now: datetime) -> dict[str, Any]:
    """Return a request for a list or a page: what it is, its state, what is left of its clock in working seconds."""
    due = row.due_at if row.state == export_states.WAITING else None
    over = row.state in export_states.OPEN and row.expires_at <= now
    state = export_states.LAPSED if over else row.state
    return {
        "row": row, "what": label_of(row.kind),
        "how": slots.exports.get(row.kind).words(json.loads(row.wanted.reveal())),
        "purpose": in_words(row.purpose), "grade": GRADE_WORDS[row.grade], "state": export_states.LABELS[state],
        "tone": export_states.TONES.get(state, ""), "left": due and float(regions.working_seconds(now, due)),
        "place": PLACES.get(row.waits_for, ""),
    }  # fmt: skip


def export_steps(row: ExportRequest) -> list[dict[str, Any]]:
    """Return what was done with a request, step by step, for a timeline."""
    return [
        {
            "at": one.at,
            "text": export_states.STEP_WORDS[one.step],
            "by": str(one.by) if one.by else "",
            "said": one.words,
        }
        for one in row.steps.select_related("by")
    ]
