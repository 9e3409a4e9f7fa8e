"""How the fields of a fact become plain JSON and come back, led by their type hints."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID


def to_wire(value: object) -> Any:
    """Return a JSON value for a plain field value. Raises TypeError for what a fact may not carry."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime) and value.tzinfo is None:
        raise TypeError("A fact carries aware times only.")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [to_wire(item) for item in value]
    raise TypeError(f"A fact cannot carry a {type(value).__name__}.")


def from_wire(kind: Any, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keyword arguments of the dataclass `kind`. Unknown keys are left out."""
    return {name: read(payload[name]) for name, read in _readers(kind) if name in payload}


@cache
def _readers(kind: Any) -> list[tuple[str, Callable[[Any], Any]]]:
    hints = get_type_hints(kind)
    return [(field.name, _or_none(_reader(hints[field.name]))) for field in fields(kind)]


def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return what makes a value of this type from its JSON."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _reader(next(arm for arm in get_args(hint) if arm is not type(None)))
    if origin is tuple or hint is tuple:
        inner = _or_none(_reader((get_args(hint) or (object,))[0]))
        return lambda items: tuple(map(inner, items))
    if hint is UUID:
        return UUID
    if hint in (datetime, date):
        read: Callable[[Any], Any] = hint.fromisoformat
        return read
    return lambda value: value


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)
