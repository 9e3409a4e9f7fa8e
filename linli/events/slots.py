"""Where others plug into events: classifiers that propose the matter of a report."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from linli.kernel import slots


@dataclass(frozen=True)
class Candidate:
    """One matter that a model proposes, with its calibrated probability between 0 and 1."""

    code: str
    probability: float


class Classifier(ABC):
    """Proposes matters for a text. Called in the process of the request: it must answer in under a millisecond."""

    code: ClassVar[str]
    label: ClassVar[str]

    @property
    @abstractmethod
    def version(self) -> str:
        """The version that is stored with each proposal."""

    @property
    @abstractmethod
    def threshold(self) -> float:
        """The probability from which a proposal is dispatched without a person."""

    @abstractmethod
    def propose(self, text: str) -> tuple[Candidate, ...]:
        """Return up to three candidates, the most probable first."""


classifiers: slots.Slot[Classifier] = slots.Slot("events.classifiers")
