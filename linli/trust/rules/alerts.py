"""What the security watch 安全监测 sees and calls it: sightings, kinds of alerts, how serious they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTE, WARNING, URGENT = 1, 2, 3
LEVELS = {NOTE: _("to note"), WARNING: _("warning"), URGENT: _("urgent")}
TONES = {NOTE: "grey", WARNING: "amber", URGENT: "red"}
NODE = "node"


@dataclass(frozen=True, slots=True)
class AlertKind:
    """A kind of alert 告警类型: what it is called, the sentence that says what was seen, where its playbook lies.

    `sentence` names figures of the sighting as %(name)s. `playbooks` is a folder with `en/<code>.md` and `zh/…`.
    """

    code: str
    label: str | Promise
    sentence: str | Promise
    playbooks: Path
    group: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a watcher saw: one occurrence of a kind at a subject.

    `subject` is a word for what it is about and never a value of a person: `person:<id of an account>`,
    `name:<shortened token>`, `address:<network address>`, `post:<code>`, or `node`. `key` names the newest occurrence:
    seen again under the same key it is the same, and is not counted. `seen` holds the figures of the sentence.
    """

    kind: str
    key: str
    subject: str = NODE
    level: int = WARNING
    seen: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one thing stands now, for the page: what it is, in words, and whether that is good (green, amber, red)."""

    label: str | Promise
    text: str
    tone: str = "green"
