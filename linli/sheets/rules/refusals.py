"""What a sheet refuses, in words for the person who brought it."""

from django.utils.functional import Promise


class SheetRefusedError(Exception):
    """The file is no table that can be read; `sentence` says why and what helps."""

    def __init__(self, sentence: str | Promise) -> None:
        """Keep the sentence."""
        self.sentence = sentence
        super().__init__(str(sentence))


class FormRefusedError(SheetRefusedError):
    """What somebody wants to do with a form cannot be done; `sentence` says why and what helps."""


class RowsRefusedError(SheetRefusedError):
    """These rows cannot be chosen; `sentence` says why."""


class AnswerRefusedError(SheetRefusedError):
    """What was found out cannot be taken; `sentence` says why and what helps."""


class DeliveryRefusedError(SheetRefusedError):
    """This file cannot be filled as it is; `sentence` says why."""
