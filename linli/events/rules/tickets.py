"""Hotline files 热线工单: which column is what, guessed from the header, and one row as a draft."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from linli.events.rules.drafts import ReportDraft

FIELDS = ("source_number", "title", "text", "address", "reporter_name", "reporter_phone", "time", "nature")
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "source_number": ("工单编号", "工单号", "编号", "诉求编号", "受理编号", "留言编号", "msg_id", "ticket", "number"),
    "title": ("标题", "主题", "工单标题", "留言主题", "title", "subject"),
    "text": ("问题描述", "诉求内容", "工单内容", "内容", "留言详情", "描述", "body", "text", "content"),
    "address": ("地址", "事发地址", "诉求地址", "地点", "address"),
    "reporter_name": ("联系人", "来电人", "反映人", "姓名", "name"),
    "reporter_phone": ("联系电话", "电话", "来电号码", "手机号", "phone"),
    "time": ("接收时间", "来电时间", "受理时间", "留言时间", "录入时间", "时间", "time"),
    "nature": ("来电类别", "诉求类型", "性质", "nature"),
}
FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")


class RowRefusedError(ValueError):
    """A row can't be taken; the message says why."""


def header_digest(header: Sequence[str]) -> str:
    """Return the name under which the mapping of this header is remembered."""
    return hashlib.sha256("\x1f".join(_plain(name) for name in header).encode()).hexdigest()


def guess_mapping(header: Sequence[str]) -> dict[str, str]:
    """Return field → column for the columns whose names are known."""
    by_name = {_plain(name): name for name in header if name}
    found: dict[str, str] = {}
    for field in FIELDS:
        column = next((by_name[_plain(word)] for word in SYNONYMS[field] if _plain(word) in by_name), None)
        if column is not None and column not in found.values():
            found[field] = column
    return found


def draft_of(row: Mapping[str, str], mapping: Mapping[str, str], channel: str = "hotline") -> ReportDraft:
    """Return the draft of one row. Columns that are not mapped are left out."""
    values = {field: _cell(row, column) for field, column in mapping.items() if field in FIELDS}
    return ReportDraft(
        text=values.get("text") or values.get("title", ""),
        title=values.get("title", "")[:120],
        address=values.get("address", ""),
        reporter_name=values.get("reporter_name", ""),
        reporter_phone=values.get("reporter_phone", ""),
        nature=values.get("nature", "")[:40],
        source_number=values.get("source_number") or None,
        channel=channel,
    )


def time_of(text: str, zone: ZoneInfo) -> datetime | None:
    """Return the moment a cell names, or None where it names none."""
    for pattern in FORMATS:
        try:
            return datetime.strptime(text.strip(), pattern).replace(tzinfo=zone)
        except ValueError:
            continue
    return None


def _cell(row: Mapping[str, str], column: str) -> str:
    return str(row.get(column) or "").strip()


def _plain(name: str) -> str:
    return re.sub(r"[\s*＊:：（）()]+", "", str(name)).lower()
