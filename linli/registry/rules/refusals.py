"""What the registry refuses, each with a sentence for the person at the desk."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RegistryRefusedError(Exception):
    """Something cannot be done; `str()` says why and what to do."""

    sentence: str | Promise = _("This can't be done.")

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence)


class ElementRefusedError(RegistryRefusedError):
    """A data element that cannot be added as it is described."""

    def __init__(self, sentence: str | Promise) -> None:
        """Say what is wrong with the description."""
        super().__init__(sentence)
        self.sentence = sentence


class PurposeMissingError(RegistryRefusedError):
    """A card is opened for a purpose from the list."""

    sentence = _("Choose what you need the record for, then open it.")


class BondRefusedError(RegistryRefusedError):
    """A relation between kinds that it does not join, or that ends before it begins."""

    sentence = _("These two can't be joined by this relation, or it ends before it begins.")


class UnknownSourceError(RegistryRefusedError):
    """Records come from a source that is not registered."""

    sentence = _("This source is not registered.")


class DeletionRefusedError(RegistryRefusedError):
    """A deletion that is proposed already, that is decided by who proposed it, or that lacks its reason."""

    def __init__(self, sentence: str | Promise) -> None:
        """Say what is wrong."""
        super().__init__(sentence)
        self.sentence = sentence
