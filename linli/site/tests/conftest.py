"""A classifier that knows three words."""

from linli.events.tests.conftest import three_words

__all__ = ["three_words"]
