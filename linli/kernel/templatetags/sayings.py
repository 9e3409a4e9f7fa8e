"""The filters of the components: times, deadlines and numbers in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from linli.kernel.rules import words


def when(moment: datetime | None, now: datetime | None = None) -> SafeString | str:
    """Say a moment: `{{ event.received_at|when }}` -> 今天 14:20, in a time element."""
    if moment is None:
        return ""
    text = words.when_text(moment, now=now or timezone.now(), zone=timezone.get_current_timezone())
    return format_html('<time datetime="{}">{}</time>', timezone.localtime(moment).isoformat(timespec="seconds"), text)


def ago(moment: datetime | None, now: datetime | None = None) -> SafeString | str:
    """Say how long ago, kept up to date on the page: `{{ seen_at|ago }}` -> 20 分钟前."""
    if moment is None:
        return ""
    amount = words.amount_text(max(0.0, ((now or timezone.now()) - moment).total_seconds()))
    text = gettext("%(amount)s ago") % {"amount": amount}
    return format_html('<time data-ago datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), text)


def due(left: float | None) -> str:
    """Say how much working time is left, in seconds: `{{ row.working_left|due }}` -> 还剩 2 工作小时."""
    return "" if left is None else words.due_text(left).text


def big(value: float | None) -> str:
    """Write a number for reading: `{{ 12345|big }}` -> 1.2 万."""
    return "" if value is None else words.number_text(value, chinese=(get_language() or "").startswith("zh"))


def percent(value: float | None, digits: int = 1) -> str:
    """Write a share between 0 and 1 as per cent: `{{ 0.972|percent }}` -> 97.2%."""
    return "" if value is None else f"{value * 100:.{digits}f}%"
