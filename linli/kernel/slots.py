"""What takes plug-ins: a slot is a registry of things that share a shape, filled from above in `AppConfig.ready()`."""

from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from django.http import HttpRequest
from django.utils.functional import Promise

from linli.kernel.rules.rows import NotJudgeableError

__all__ = [
    "Bench",
    "Evaluation",
    "ImportReport",
    "Importer",
    "NotJudgeableError",
    "Panel",
    "Plugin",
    "Pulse",
    "SealedPlace",
    "Slot",
    "UnknownPluginError",
    "benches",
    "evaluations",
    "importers",
    "panels",
    "pulses",
    "sealed_places",
]


class Plugin(Protocol):
    """Anything with a code that is unique in its slot."""

    @property
    def code(self) -> str:
        """The name by which the plug-in is asked for."""


class UnknownPluginError(KeyError):
    """Nothing is registered under this code."""

    def __init__(self, slot: str, code: str, known: list[str]) -> None:
        """Say what was asked for and what there is."""
        self.sentence = f"There is no {slot} called {code!r}; known: {', '.join(known) or 'none'}."
        super().__init__(self.sentence)

    def __str__(self) -> str:
        """Return the sentence without the quotes of KeyError."""
        return self.sentence


P = TypeVar("P", bound=Plugin)


class Slot(Generic[P]):
    """A registry of plug-ins by code, in the order they came."""

    def __init__(self, name: str) -> None:
        """Name the slot in the singular: it appears in error messages."""
        self.name = name
        self._plugins: dict[str, P] = {}

    def register(self, plugin: P) -> P:
        """Take the plug-in and return it. Raises ValueError when another has its code; the same one again is fine."""
        known = self._plugins.setdefault(plugin.code, plugin)
        if type(known) is not type(plugin) or _content(known) != _content(plugin):
            raise ValueError(f"There is already a {self.name} called {plugin.code!r}.")
        return known

    def get(self, code: str) -> P:
        """Return the plug-in with this code, or raise UnknownPluginError."""
        try:
            return self._plugins[code]
        except KeyError:
            raise UnknownPluginError(self.name, code, list(self._plugins)) from None

    def all(self) -> tuple[P, ...]:
        """Return every plug-in in the order of registration."""
        return tuple(self._plugins.values())


def _content(plugin: object) -> object:
    """Return what tells two plug-ins of one class apart; a dataclass with slots is compared as itself."""
    return vars(plugin) if hasattr(plugin, "__dict__") else plugin


class Panel(ABC):
    """A part of a desk that a domain brings."""

    code: str
    label: str | Promise
    desk: str
    template: str
    order: int = 100

    @abstractmethod
    def context(self, request: HttpRequest) -> Mapping[str, Any] | None:
        """Return what the template shows this viewer, or None to leave the panel out."""


@dataclass(frozen=True)
class ImportReport:
    """What an import did: rows read, made, changed and left out, and the problems in plain sentences."""

    read: int = 0
    made: int = 0
    changed: int = 0
    skipped: int = 0
    problems: tuple[str, ...] = ()


class Importer(ABC):
    """Reads one kind of file: `linli import <code> FILE`."""

    code: str
    label: str | Promise

    def add_arguments(self, parser: ArgumentParser) -> None:  # noqa: B027  having no options of one's own is fine
        """Add the importer's own command-line options."""

    @abstractmethod
    def run(self, *, path: Path | None, options: Mapping[str, Any], report: Callable[[str], None]) -> ImportReport:
        """Import the file (None: what ships with Linli), telling progress. Running it twice is harmless."""


class SealedPlace(ABC):
    """Something sealed that is neither a column of sealed text nor an upload: keys rotate there, too."""

    code: str

    @abstractmethod
    def versions(self) -> Iterable[int]:
        """Return for each value which version of the keys it needs (`kernel.key_version_of`)."""

    @abstractmethod
    def reseal(self, current: int) -> int:
        """Seal anew what needs another version than this one; return how many. May be cut off at any moment."""


class Bench(ABC):
    """Measures something: `linli bench <code>`."""

    code: str
    label: str | Promise

    def add_arguments(self, parser: ArgumentParser) -> None:  # noqa: B027  having no options of one's own is fine
        """Add the bench's own command-line options."""

    @abstractmethod
    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, float]:
        """Measure, telling progress line by line, and return the figures by name with their unit in the name."""


class Evaluation(ABC):
    """Judges a model or a rule, on known answers or as rows for somebody who knows: `linli evaluate <code>`."""

    code: str
    label: str | Promise

    def add_arguments(self, parser: ArgumentParser) -> None:  # noqa: B027  having no options of one's own is fine
        """Add the evaluation's own command-line options."""

    @abstractmethod
    def run(
        self, *, options: Mapping[str, Any], report: Callable[[str], None]
    ) -> Mapping[str, Any] | Sequence[Mapping[str, Any]]:
        """Evaluate, telling progress line by line; return scores by name, or a row for each message.

        Raises NotJudgeableError.
        """

    def shown(self, figures: Mapping[str, Any]) -> str:
        """Return scores as a person reads them."""
        return "\n".join(f"{name:<24}{value:>12.4f}" if isinstance(value, float) else f"{name:<24}{value!s:>12}"
                         for name, value in figures.items())  # fmt: skip


class Pulse(ABC):
    """Short work that the relay process does every 100 ms, such as sealing the ledger. Only one process does it."""

    code: str

    @abstractmethod
    def beat(self, *, now: datetime) -> None:
        """Do what is due, in well under 100 ms. An exception is logged and the next beat comes."""


panels: Slot[Panel] = Slot("panel")
importers: Slot[Importer] = Slot("importer")
benches: Slot[Bench] = Slot("bench")
sealed_places: Slot[SealedPlace] = Slot("sealed place")
evaluations: Slot[Evaluation] = Slot("evaluation")
pulses: Slot[Pulse] = Slot("pulse")
