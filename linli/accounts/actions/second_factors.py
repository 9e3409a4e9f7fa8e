"""Secrets of second factors are sealed anew when the keys rotate."""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from linli.kernel import api as kernel

SEALED = "accounts.second-factor"
PARTS = ("secret", "seed")


def key_versions() -> Iterator[int]:
    """Yield the version of the key that each sealed secret needs."""
    for row in Authenticator.objects.only("data").iterator():
        yield from (kernel.key_version_of(blob) for _name, blob in _sealed(row.data))


def reseal_second_factors(current: int) -> int:
    """Seal anew what needs another version than this one, one transaction each; return how many."""
    return sum(_reseal(key, current) for key in list(Authenticator.objects.values_list("pk", flat=True)))


@transaction.atomic
def _reseal(key: int, current: int) -> int:
    row = Authenticator.objects.select_for_update().filter(pk=key).first()
    if row is None:
        return 0
    old = {name: blob for name, blob in _sealed(row.data) if kernel.key_version_of(blob) != current}
    for name, blob in old.items():
        text = kernel.unseal(blob, context=SEALED)
        row.data[name] = base64.b64encode(kernel.seal(text, context=SEALED)).decode()
    if old:
        row.save(update_fields=["data"])
    return len(old)


def _sealed(data: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    for name in PARTS:
        try:
            blob = base64.b64decode(data.get(name) or "", validate=True)
        except (binascii.Error, ValueError):
            continue
        if kernel.key_version_of(blob):
            yield name, blob
