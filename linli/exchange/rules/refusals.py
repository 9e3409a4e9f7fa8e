"""What exchange refuses, each with a sentence for the person at the desk."""

from django.utils.functional import Promise


class ExchangeRefusedError(Exception):
    """Something cannot be done; `str()` says why and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        """Keep the sentence."""
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence)
