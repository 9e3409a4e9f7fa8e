"""What a message between nodes must hold to be used; what is wrong with it has a name."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from linli.exchange.rules.refusals import PeerRefusedError

LONGEST, SHORT = 2000, 60
T = TypeVar("T")


class Reader:
    """Reads the fields of a body; each raises PeerRefusedError with the name of the field that is wrong."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        """Take the body."""
        self.body = body

    def text(self, name: str, most: int = LONGEST, *, may_be_empty: bool = False) -> str:
        """Return a text of at most so many characters."""
        value = self.body.get(name)
        if not isinstance(value, str) or len(value) > most or not (value.strip() or may_be_empty):
            raise _wrong(name)
        return value

    def key(self, name: str) -> UUID:
        """Return an id."""
        return self._read(name, UUID)

    def day(self, name: str) -> date:
        """Return a day."""
        return self._read(name, date.fromisoformat)

    def moment(self, name: str) -> datetime:
        """Return a moment with its zone."""
        value = self._read(name, datetime.fromisoformat)
        if value.tzinfo is None:
            raise _wrong(name)
        return value

    def number(self, name: str) -> int:
        """Return a whole number from 0."""
        value = self.body.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise _wrong(name)
        return value

    def items(self, name: str, most: int) -> list[Any]:
        """Return a list of at most so many things."""
        value = self.body.get(name)
        if not isinstance(value, list) or len(value) > most:
            raise _wrong(name)
        return value

    def texts(self, name: str, most: int = 100) -> tuple[str, ...]:
        """Return a list of short texts."""
        value = self.items(name, most)
        if not all(isinstance(one, str) and len(one) <= SHORT for one in value):
            raise _wrong(name)
        return tuple(value)

    def _read(self, name: str, read: Callable[[str], T]) -> T:
        try:
            return read(self.text(name, 60))
        except ValueError as error:
            raise _wrong(name) from error


def _wrong(name: str) -> PeerRefusedError:
    return PeerRefusedError(_("The message lacks %(field)s, or it is not as agreed.") % {"field": name})
