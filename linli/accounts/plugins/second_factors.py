"""Secrets of authenticator apps and recovery codes take part in the rotation of keys."""

from collections.abc import Iterable

from linli.accounts.actions import second_factors
from linli.kernel import slots


class SecondFactors(slots.SealedPlace):
    """The sealed secrets in allauth's table."""

    code = "accounts.second_factors"

    def versions(self) -> Iterable[int]:
        """Return the version each of them needs."""
        return second_factors.key_versions()

    def reseal(self, current: int) -> int:
        """Seal them anew."""
        return second_factors.reseal_second_factors(current)
