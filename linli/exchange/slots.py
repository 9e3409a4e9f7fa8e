"""How others extend exchange: connectors to departments' systems, and kinds of messages between nodes."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from linli.kernel import slots as kernel

__all__ = ["Ask", "Chunk", "Connector", "PeerMessage", "Setting", "connectors", "peer_messages"]


@dataclass(frozen=True)
class Setting:
    """One setting of a connector as a form shows it. What `is_secret` is sealed and never shown again.

    `type`: text, number, choice (with `choices` of code and label) or long.
    """

    code: str
    label: str | Promise
    hint: str | Promise = ""
    type: str = "text"
    is_secret: bool = False
    is_needed: bool = True
    choices: Sequence[tuple[str, str | Promise]] = ()
    initial: str = ""


@dataclass(frozen=True)
class Ask:
    """What is asked of a source: the resource, and from where on. `cursor` is what the last chunk of before gave."""

    resource: str = ""
    cursor_column: str = ""
    cursor: str = ""
    overlap: int = 0
    known: Sequence[str] = ()


@dataclass(frozen=True)
class Chunk:
    """Some rows of a source as texts under its column names, and how far reading has come with them.

    `lines` are line numbers of a file where rows do not simply follow each other. `name` is that of the file; `problem`
    says why nothing in it can be read: it is passed over, the cursor lies behind it.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    cursor: str = ""
    name: str = ""
    lines: Sequence[int] = field(default_factory=tuple)
    problem: str = ""


class Connector(ABC):
    """Reads one kind of system 连接器. It runs in a process of its own, which is ended when it falls silent.

    `settings` come as texts, secrets among them. Both methods raise SourceUnreachableError or SettingsRefusedError
    with a sentence for the officer.
    """

    code: str
    label: str | Promise
    hint: str | Promise = ""
    settings: Sequence[Setting] = ()
    resource_hint: str | Promise = ""

    @abstractmethod
    def check(self, settings: Mapping[str, str]) -> str:
        """Try the way in without reading rows, and return a sentence on what was found."""

    @abstractmethod
    def read(self, settings: Mapping[str, str], ask: Ask) -> Iterator[Chunk]:
        """Yield what is new since the cursor, at most a thousand rows in a chunk; nothing where nothing is new."""


connectors: kernel.Slot[Connector] = kernel.Slot("connector")


class PeerMessage(ABC):
    """One kind of message between nodes 互联消息. `code` travels with it and must never change.

    Messages of one kind from one peer come in the order in which they were sent, each once. `take` runs in the
    transaction that notes the message as taken; what it raises sets the message aside with its sentence.
    """

    code: str
    label: str | Promise

    @abstractmethod
    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Use what a peer says."""


peer_messages: kernel.Slot[PeerMessage] = kernel.Slot("kind of peer message")
