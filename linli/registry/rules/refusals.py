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
    """A record is opened for a purpose of the register, by a post that may choose it, and for an open case."""

    sentence: str | Promise = _("Choose what you need the record for, then open it.")

    def __init__(self, sentence: str | Promise = "") -> None:
        """Say which of them is missing."""
        super().__init__(sentence)
        if sentence:
            self.sentence = sentence


class BondRefusedError(RegistryRefusedError):
    """A relation between kinds that it does not join, or that ends before it begins."""

    sentence = _("These two can't be joined by this relation, or it ends before it begins.")


class ListingRefusedError(RegistryRefusedError):
    """A step in a list that the line cannot take, or something that does not belong in the list."""

    sentence = _("This step is not open here: look whether the line is registered, and of the right kind.")


class TagRefusedError(RegistryRefusedError):
    """A tag that cannot be defined, given or taken like this."""

    sentence = _("This can't be done with the tag: look at its name, purpose, area, kind and rule.")


class UnknownSourceError(RegistryRefusedError):
    """Records come from a source that is not registered."""

    sentence = _("This source is not registered.")


class NotFindableError(RegistryRefusedError):
    """Somebody is asked for without a value by which one is found."""

    sentence: str | Promise = _("Name whom you ask about by an id number or another number that is found whole.")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        """Say what is missing, where it is not the number."""
        said: str | Promise = sentence or self.sentence
        super().__init__(said)
        self.sentence = said


class MergeRefusedError(RegistryRefusedError):
    """Two that cannot become one, or one that cannot be taken apart as asked."""

    def __init__(self, sentence: str | Promise) -> None:
        """Say why."""


class BindingRefusedError(RegistryRefusedError):
    """An account and a person that can't be tied, or untied, like this."""

    def __init__(self, sentence: str | Promise) -> None:
        """Say why."""
        super().__init__(sentence)
        self.sentence = sentence


class GuardianRefusedError(RegistryRefusedError):
    """A guardian who can't be confirmed or ended, or a deed that only a guardian may do."""

    def __init__(self, sentence: str | Promise) -> None:
        """Say why."""
        super().__init__(sentence)
        self.sentence = sentence


class DeletionRefusedError(RegistryRefusedError):
    """A deletion that is proposed already, that is decided by who proposed it, or that lacks its reason."""

    def __init__(self, sentence: str | Promise) -> None:
        """Say what is wrong."""
        super().__init__(sentence)
        self.sentence = sentence


class NameTableRefusedError(RegistryRefusedError):
    """A table of place names that can't be read."""

    def __init__(self, sentence: str | Promise) -> None:
        """Say what is wrong with the table."""
        super().__init__(sentence)
        self.sentence = sentence


class WishRefusedError(RegistryRefusedError):
    """Rows that cannot be chosen like this."""

    sentence: str | Promise = _("This condition can't be asked: look at its element, how it compares, and its value.")

    @classmethod
    def too_many(cls, most: int) -> "WishRefusedError":
        """Say that too many are meant."""
        refused = cls()
        refused.sentence = _("More than %d are meant. Narrow the area or add a condition.") % most
        return refused

    @classmethod
    def not_yours(cls, label: str) -> "WishRefusedError":
        """Say that the post may not choose by an element."""
        refused = cls()
        refused.sentence = _("Your post may not choose people by “%s”: for this purpose it does not read it.") % label
        return refused
