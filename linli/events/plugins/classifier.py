"""The classifier in use, plugged into its slot: what ships, or what this county learned."""

from linli.events.queries.classifier import current_classifier
from linli.events.slots import Candidate, Classifier


class CurrentClassifier(Classifier):
    """Proposes by character n-grams; a new version takes over while the process runs."""

    code = "default"
    label = "character n-grams"

    @property
    def version(self) -> str:
        """The version of the model in use."""
        return current_classifier().version

    @property
    def threshold(self) -> float:
        """The probability from which its proposal is dispatched without a person."""
        return current_classifier().threshold

    def propose(self, text: str) -> tuple[Candidate, ...]:
        """Return the three most probable matters."""
        return tuple(Candidate(one.code, one.probability) for one in current_classifier().classify(text))
