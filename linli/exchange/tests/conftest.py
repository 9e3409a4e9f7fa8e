"""The ground of the base, with keys in memory."""

from linli.registry.tests.conftest import _keys_in_memory, ground

__all__ = ["_keys_in_memory", "ground"]
