"""What exchange refuses, each with a sentence for the officer at the desk."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ExchangeRefusedError(Exception):
    """Something cannot be done; `str()` says why and what to do."""

    sentence: str | Promise = _("This can't be done.")

    def __init__(self, sentence: str | Promise = "") -> None:
        """Say what is wrong, where it is more than the class says."""
        super().__init__(sentence)
        self.sentence = sentence or self.sentence

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence)


class TableRefusedError(ExchangeRefusedError):
    """A file that holds no table that can be read."""


class MappingRefusedError(ExchangeRefusedError):
    """A mapping of columns that contradicts itself or does not fit the table."""


class SourceUnreachableError(ExchangeRefusedError):
    """A department's system did not give what was asked; the sentence says what went wrong there."""

    sentence = _("The other side can't be reached.")


class SettingsRefusedError(ExchangeRefusedError):
    """Settings of a connection that can't be used; `field` says which."""

    def __init__(self, field: str, sentence: str | Promise) -> None:
        """Name the field."""
        super().__init__(sentence)
        self.field = field


class StepRefusedError(ExchangeRefusedError):
    """A run is not in a state for this."""

    sentence = _("This run has gone on meanwhile; look at it again.")


class ColumnsChangedError(ExchangeRefusedError):
    """The columns of a source are not those of its mapping any more; nothing was taken."""

    def __init__(self, notes: Sequence[str]) -> None:
        """Keep a sentence for each column."""
        super().__init__(" ".join(notes))
        self.notes = list(notes)


class AnchorRefusedError(ExchangeRefusedError):
    """What was pasted is no anchor."""

    sentence = _("This is no anchor of a node; copy the whole text from the other side's page.")


class OwnAnchorError(ExchangeRefusedError):
    """A node linked with itself."""

    sentence = _("This is the anchor of this node; paste that of the other side.")


class KnownPeerError(ExchangeRefusedError):
    """The node is linked already."""

    sentence = _("This node is linked already.")


class SliceRefusedError(ExchangeRefusedError):
    """A slice that may not be told as it is described."""


class PeerRefusedError(ExchangeRefusedError):
    """The other node's message is not taken: not signed by a trusted key, too old, or not for us."""

    sentence = _("The message is not taken.")
