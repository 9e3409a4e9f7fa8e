"""A text column that is encrypted at rest and does not slip into logs, templates or search."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from linli.kernel.rules import sealing

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Field = models.Field["str | SealedText | None", "SealedText"]
else:
    _Field = models.Field

SHOWN = "•••"


class SealedText:
    """A text that shows itself only when asked: `reveal()`. `str()`, `repr()` and templates give `•••`."""

    __slots__ = ("_blob", "_context", "_text")

    def __init__(self, *, context: str, text: str | None = None, blob: bytes | None = None) -> None:
        """Hold a text that was not sealed yet, or a blob that was not opened yet."""
        self._context, self._text, self._blob = context, text, blob

    def reveal(self) -> str:
        """Return the text. Raises UnreadableError when the blob was changed or its key is missing."""
        if self._text is None:
            self._text = sealing.unseal(self._blob, context=self._context) if self._blob else ""
        return self._text

    def blob(self) -> bytes:
        """Return what the column holds: the sealed bytes, empty for an empty text."""
        if self._blob is None:
            self._blob = sealing.seal(self._text, context=self._context) if self._text else b""
        return self._blob

    def __str__(self) -> str:
        """Show that something is there, not what."""
        return SHOWN if self else ""

    __repr__ = __str__

    def __bool__(self) -> bool:
        """Tell whether there is a text, without opening it."""
        return bool(self._text or self._blob)

    def __eq__(self, other: object) -> bool:
        """Compare by text with another sealed text; a plain text is never equal."""
        return isinstance(other, SealedText) and self.reveal() == other.reveal()

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self.reveal())

    def __deepcopy__(self, memo: object) -> "SealedText":
        """Return itself: it does not change."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel sealed, never as text."""
        return _from_blob, (self._context, self.blob())


def reveal_all(sealed: Sequence[SealedText | None]) -> list[str]:
    """Return the texts of a column as `reveal` does, "" for nothing; thousands at once cost half as much.

    Raises UnreadableError when one of them can't be opened, ValueError for texts of several columns.
    """
    blobs = [one.blob() if one else b"" for one in sealed]
    contexts = {one._context for one in sealed if one}  # noqa: SLF001  of this module
    if len(contexts) > 1:
        raise ValueError("Texts of several columns are not revealed together.")
    texts = iter(sealing.unseal_all(filter(None, blobs), context=contexts.pop()) if contexts else ())
    return [next(texts) if blob else "" for blob in blobs]


class _SealedAttribute(DeferredAttribute):
    """Wraps what is assigned, so that a plain text turns into a sealed one at once."""

    field: "SealedTextField"

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class SealedTextField(_Field):
    """A `bytea` column of sealed text. Set it with a `str`; read it with `.reveal()`.

    `context` names the column (`events.contact_phone`) and must never change: it is authenticated with each value.
    Only `isnull` can be asked of it in the database: keep a `keyed_token` beside it to find equal texts.
    """

    descriptor_class = _SealedAttribute
    empty_strings_allowed = True

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        """Remember the context beside Django's own arguments."""
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Describe the field to migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "context": self.context}

    def db_type(self, connection: "BaseDatabaseWrapper") -> str:  # noqa: ARG002  Django's signature
        """Return the column type."""
        return "bytea"

    def to_python(self, value: Any) -> SealedText | None:
        """Wrap a text or the bytes of the column."""
        if value is None or isinstance(value, SealedText):
            return value
        if isinstance(value, str):
            return SealedText(context=self.context, text=value)
        return SealedText(context=self.context, blob=bytes(value))

    def from_db_value(self, value: Any, expression: object, connection: object) -> SealedText | None:  # noqa: ARG002  Django's signature
        """Wrap the bytes of the column; nothing is decrypted until it is revealed."""
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> bytes | None:
        """Return the bytes to store."""
        wrapped = self.to_python(super().get_prep_value(value))
        return None if wrapped is None else wrapped.blob()

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow `isnull` only: equal texts have different blobs."""
        if lookup_name != "isnull":
            raise FieldError("Sealed text cannot be searched. Compare its keyed token instead.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> NoReturn:  # noqa: ARG002  Django's signature
        """Refuse every transform."""
        raise FieldError("Sealed text cannot be searched. Compare its keyed token instead.")

    def value_to_string(self, obj: models.Model) -> NoReturn:  # noqa: ARG002  Django's signature
        """Refuse serialisation: sealed text leaves the database only with a backup of the database."""
        raise TypeError("Sealed text is not serialised.")


def _from_blob(context: str, blob: bytes) -> SealedText:
    return SealedText(context=context, blob=blob)
