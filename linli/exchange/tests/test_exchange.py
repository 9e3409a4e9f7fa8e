"""The empty domain is part of the house."""

from django.apps import apps


def test_exchange_is_installed():
    assert apps.get_app_config("exchange").name == "linli.exchange"
