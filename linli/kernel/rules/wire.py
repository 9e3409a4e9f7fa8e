"""How the fields of a fact become plain JSON and come back, led by their type hints."""

import types
from collections.abc import Mapping
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
    hints = _hints(kind)
    return {
        field.name: _read(payload[field.name], hints[field.name]) for field in fields(kind) if field.name in payload
    }


def _read(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _read(value, next(arm for arm in get_args(hint) if arm is not type(None)))
    if origin is tuple or hint is tuple:
        inner = (get_args(hint) or (object,))[0]
        return tuple(_read(item, inner) for item in value)
    if hint is UUID:
        return UUID(value)
    if hint in (datetime, date):
        return hint.fromisoformat(value)
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
