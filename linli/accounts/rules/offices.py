"""Three administrators 三员分立: system, security, audit. Nobody holds two of the offices."""

from collections.abc import Iterable

SYSTEM, SECURITY, AUDIT = "system", "security", "audit"
OFFICES = {
    "accounts.manage": SYSTEM,  # accounts, units, people
    "accounts.grant": SECURITY,  # posts, their capabilities, who holds them
    "trust.purposes": SECURITY,
    "trust.watch": SECURITY,  # the security watch and its incidents
    "trust.audit": AUDIT,
}


def offices_of(capabilities: Iterable[str]) -> frozenset[str]:
    """Return the offices that these capabilities belong to; the database says the same in `accounts_offices`."""
    return frozenset(OFFICES[code] for code in capabilities if code in OFFICES)
