"""What the steps of an event refuse, each with a sentence for whoever tried."""

from django.utils.functional import Promise


class RefusedError(Exception):
    """An action was refused. `sentence` says why, and what to do."""

    sentence: str | Promise = ""

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence)
