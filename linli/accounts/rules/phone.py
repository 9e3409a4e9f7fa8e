"""Mobile numbers of mainland China."""

import re
import unicodedata

_MOBILE = re.compile(r"^(?:\+?86|0086)?(1[3-9][0-9]{9})$")
_IGNORED = re.compile(r"[\s\-()]")


def mobile_number(text: str) -> str | None:
    """Return the 11 digits of a mobile number, whatever way it was typed, or None where it is not one.

    Source: 电信网编号计划 (2017), mobile numbers 1[3-9]XXXXXXXXX.
    """
    found = _MOBILE.match(text) or _MOBILE.match(_IGNORED.sub("", unicodedata.normalize("NFKC", text)))
    return found[1] if found and found[1].isascii() else None
