"""What is wrong with a call of an interface, field by field, from what the validation of its types says."""

from collections.abc import Iterable, Mapping
from typing import Any


def faults_by_field(errors: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return what is wrong by the name of the field, `whom.phone` for one inside another."""
    return {_name(one["loc"]): str(one["msg"]) for one in errors}


def _name(place: Iterable[Any]) -> str:
    """Leave out where the field stands (body, query, path, header) and what the parameter is called in the code."""
    parts = [str(one) for one in place]
    return ".".join(parts[2:] if parts[:1] == ["body"] and len(parts) > 2 else parts[1:]) or "body"  # noqa: PLR2004  more than the parameter
