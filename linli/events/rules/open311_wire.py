"""How Open311 answers are written: XML as the standard has it, and JSON by its mapping, where lists stay lists."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import orjson

MEDIA = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
CHILD_OF = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Thing = Mapping[str, Any]


def written(form: str, root: str, content: Thing | Sequence[Thing], child: str = "") -> bytes:
    """Return the answer in a form, `xml` or `json`. A list stands in `root`, each of its things in a `child`."""
    if form == "json":
        return orjson.dumps(content, default=str, option=orjson.OPT_UTC_Z)
    element = _listed(root, content, child) if isinstance(content, Sequence) else _element(root, content)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(element, encoding="unicode").encode()


def moment(at: datetime | None) -> str | None:
    """Return a time as the standard wants it: to the second, with its zone."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _element(name: str, content: Any) -> ET.Element:
    if isinstance(content, list | tuple):
        return _listed(name, content, CHILD_OF[name])
    element = ET.Element(name)
    if isinstance(content, Mapping):
        element.extend(_element(key, value) for key, value in content.items())
    else:
        element.text = _text(content)
    return element


def _listed(name: str, things: Sequence[Any], child: str) -> ET.Element:
    element = ET.Element(name)
    element.extend(_element(child, thing) for thing in things)
    return element


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return _NOT_XML.sub("", str(value))
