"""Log lines as JSON, one object each, without personal data."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")

_DETAIL = re.compile(r"\n(?:DETAIL|CONTEXT):[^\n]*")  # PostgreSQL repeats the row's values there
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z-])\d{11,18}[\dXx]?(?![0-9A-Za-z-])")  # phones, citizen ids, bank cards
_EXTRAS = ("method", "route", "status", "milliseconds", "queries", "receiver", "count")


def plain(text: str) -> str:
    """Return the text without long numbers and without the row values that PostgreSQL adds to its errors."""
    return _LONG_NUMBER.sub("…", _DETAIL.sub("", text))


def plain_error(error: BaseException) -> str:
    """Return the error with its traceback, made plain."""
    return plain("".join(traceback.format_exception(error)))


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message, request, a few named extras, and the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": plain(record.getMessage()),
        }
        if request := request_id.get():
            line["request"] = request
        line |= {name: vars(record)[name] for name in _EXTRAS if name in vars(record)}
        if record.exc_info and record.exc_info[1]:
            line["error"] = plain_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)
