"""What goes back to the hotline platform: where each ticket stands, in the platform's own columns where it has them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

RECEIVED, ACCEPTED, RETURNED, ANSWERED = "received", "accepted", "returned", "answered"
STATES = {
    RECEIVED: _("received"),
    ACCEPTED: _("accepted"),
    RETURNED: _("returned to the platform"),
    ANSWERED: _("answered"),
}
REASONS = {
    "not_ours": _("not a duty of this place"),
    "wrong_area": _("not in our area"),
    "not_enough": _("not enough information"),
    "duplicate": _("sent before"),
}
CLOSES_AS = {"wrong_area": "not_ours"}
COLUMNS = {
    "number": _("Number here"),
    "state": _("Ticket state"),
    "unit": _("Unit in charge"),
    "accepted_at": _("Accepted at"),
    "returned": _("Reason of return"),
    "reply": _("Reply"),
    "done_at": _("Done at"),
    "solved": _("Whether solved"),
}
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "state": ("办理状态", "工单状态", "处理状态"),
    "unit": ("承办单位", "办理单位", "处理单位", "责任单位"),
    "accepted_at": ("签收时间", "接单时间"),
    "returned": ("退回原因", "退单原因", "退回理由"),
    "reply": ("答复内容", "办理结果", "处理结果", "回复内容", "办理情况"),
    "done_at": ("办结时间", "完成时间", "答复时间", "回复时间"),
    "solved": ("是否解决", "解决情况"),
}


def result_header(header: Sequence[str], taken: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the header that goes back, and which column holds which result.

    The platform's columns keep their names and order; results fill those it has for them (not those in `taken`, which
    were read at the import), and the others are added at the end.
    """
    free = {_plain(name): name for name in header if name and name not in taken}
    columns: dict[str, str] = {}
    for field, label in COLUMNS.items():
        known = next((free[word] for word in SYNONYMS.get(field, ()) if word in free), None)
        columns[field] = known if known and known not in columns.values() else str(label)
    return [*header, *(name for name in columns.values() if name not in header)], columns


def result_row(
    header: Sequence[str], cells: Mapping[str, str], columns: Mapping[str, str], results: Mapping[str, Any]
) -> list[Any]:
    """Return one row that goes back: what came, and over it what became of it."""
    filled = {columns[field]: value for field, value in results.items() if value not in (None, "")}
    return [filled.get(name, cells.get(name, "")) for name in header]


def _plain(name: str) -> str:
    return re.sub(r"[\s*＊:：（）()]+", "", str(name))
