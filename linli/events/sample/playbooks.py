"""The sample plans for hard problems 难题处置方案样例 and the sample rules for duplicates, written by the project."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def playbooks() -> Sequence[Mapping[str, Any]]:
    """Return the sample plans: code, name, matter_codes, stages and source."""
    listed: Mapping[str, Any] = json.loads((FOLDER / "playbooks.json").read_text("utf-8"))
    return [{**row, "source": listed["source"]} for row in listed["playbooks"]]


def group_rules() -> Mapping[str, Any]:
    """Return the sample rules for near, similar and recurring events: `source` and `rules` by matter code."""
    listed: Mapping[str, Any] = json.loads((FOLDER / "groups.json").read_text("utf-8"))
    return listed
