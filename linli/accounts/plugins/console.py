"""The console channel 控制台通道: for demos and tests. Nothing leaves the machine."""

import json
import logging
import os
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.accounts import slots

logger = logging.getLogger(__name__)
_TAIL = 65_536


class ConsoleChannel(slots.Channel):
    """Writes each message into the log and `outbox/console.jsonl` of the data folder, readable by the node only."""

    code, label = "console", _("Console (nothing leaves the machine)")

    def send(self, to: str, text: str) -> None:
        """Write one line."""
        logger.info("message to %s: %s", to, text)
        path = _outbox()
        path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"to": to, "text": text}, ensure_ascii=False) + "\n"
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)

    def last_message(self, to: str) -> str | None:
        """Return the newest text for this number among the last 64 kB of messages."""
        path = _outbox()
        if not path.exists():
            return None
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL))
            lines = file.read().decode(errors="replace").splitlines()
        texts = (message["text"] for message in map(_parsed, reversed(lines)) if message.get("to") == to)
        return next(texts, None)


def _outbox() -> Path:
    return Path(settings.DATA) / "outbox" / "console.jsonl"


def _parsed(line: str) -> dict[str, str]:
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}
