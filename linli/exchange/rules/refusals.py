"""What exchange refuses, each with a sentence for the person at the desk."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ExchangeRefusedError(Exception):
    """Something cannot be done; `str()` says why and what to do."""

    sentence: str | Promise = _("This can't be done.")

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence)


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

    def __init__(self, sentence: str | Promise) -> None:
        """Say what is wrong."""
        super().__init__(sentence)
        self.sentence = sentence


class PeerRefusedError(ExchangeRefusedError):
    """The other node's message is not taken: not signed by a trusted key, too old, or not for us."""

    sentence = _("The message is not taken.")
