"""A kept log line as a syslog message: RFC 5424, framed by its length as RFC 5425 and RFC 6587 (3.4.1) want it."""

import json
from typing import Any

FACILITY = 16  # local0
SEVERITIES = {"debug": 7, "info": 6, "warning": 4, "error": 3, "critical": 2}
NOTHING = "-"


def message_of(line: str, *, host: str) -> bytes:
    """Return one framed message: the whole line is its text, time and severity are taken from it."""
    said = _read(line)
    priority = FACILITY * 8 + SEVERITIES.get(str(said.get("level")), SEVERITIES["info"])
    head = f"<{priority}>1 {said.get('at') or NOTHING} {_word(host)} {_word('linli-' + str(said.get('program')))} - - -"
    body = head.encode() + b" " + line.rstrip("\n").encode()
    return b"%d " % len(body) + body


def _read(line: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _word(text: str) -> str:
    """Return a name as the header takes it: printable ASCII without spaces, 48 signs at most."""
    return "".join(sign for sign in text if "!" <= sign <= "~")[:48] or NOTHING
