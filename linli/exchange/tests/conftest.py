"""Tests of exchange stand on the ground of the registry."""

from linli.registry.tests.conftest import _keys_in_memory, ground  # noqa: F401
