"""What a sheet refuses, in words for the person who brought it."""

from django.utils.functional import Promise


class SheetRefusedError(Exception):
    """The file is no table that can be read; `sentence` says why and what helps."""

    def __init__(self, sentence: str | Promise) -> None:
        """Keep the sentence."""
        self.sentence = sentence
        super().__init__(str(sentence))


class DeliveryRefusedError(SheetRefusedError):
    """This file cannot be filled as it is; `sentence` says why."""
