"""First passwords that an administrator hands over."""

import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def first_password() -> str:
    """Return a password of 59 random bits that can be read aloud, such as `kfmt-7qhp-x2wd`."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
