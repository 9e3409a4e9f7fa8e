"""Addresses of messages: what a channel takes, and how an address is shown without giving it away."""

import re
from urllib.parse import urlsplit

from linli.accounts.rules.phone import mobile_number

EMAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,190}[A-Za-z0-9])?")


def clean_address(takes: str, text: str) -> str | None:
    """Return the address as a channel wants it that takes a `phone`, an `email` or a `url`; None where it is none."""
    plain = text.strip()
    if takes == "phone":
        return mobile_number(plain)
    if takes == "email":
        return plain if EMAIL.fullmatch(plain) else None
    return plain if len(plain) <= 500 and urlsplit(plain).scheme in {"http", "https"} else None  # noqa: PLR2004  a column


def shown_address(takes: str, address: str) -> str:
    """Return an address that can be recognised by who knows it, and not used."""
    if takes == "phone":
        return f"{address[:3]}****{address[-4:]}"
    if takes == "email":
        name, _at, host = address.partition("@")
        return f"{name[:1]}***@{host}"[:60]
    return str(urlsplit(address).hostname or "")[:60]
