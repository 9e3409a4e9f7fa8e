"""What is known of the demo staff after planting."""

import json
from pathlib import Path

from django.conf import settings


def demo_file() -> Path:
    """Return where the demo accounts of this node are written down."""
    return Path(settings.DATA) / "demo-accounts.json"


def is_demo_node() -> bool:
    """Tell whether this node shows the demo county: its accounts are written down and have not been retired."""
    return demo_file().exists()


def demo_password() -> str | None:
    """Return the password made at random when the demo staff were planted, or None when there are none."""
    try:
        written = json.loads(demo_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    password = written.get("password") if isinstance(written, dict) else None
    return password if isinstance(password, str) else None
