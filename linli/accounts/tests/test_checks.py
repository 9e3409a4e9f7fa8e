"""What must be in order before a node is public."""

import pytest

from linli.accounts import checks
from linli.accounts.tests import factories


def ids(messages):
    return {message.id for message in messages}


def test_active_demo_account_is_an_error(town, now):
    person = factories.make_person(is_demo=True)
    assert ids(checks.no_default_password()) == {"accounts.E001"}
    factories.accounts.disable_person(person=person, by=factories.accounts.SYSTEM, now=now)
    assert checks.no_default_password() == []


@pytest.mark.parametrize("password", ["admin123", "the-demo-secret"])
def test_known_password_of_an_administrator_is_an_error(password, town, settings, time_machine_at):
    (settings.DATA / "demo-accounts.json").write_text('{"password": "the-demo-secret"}')
    person = factories.make_person(password=factories.PASSWORD)
    factories.make_holding(person, town.units["centre"])
    assert checks.no_default_password() == []
    person.set_password(password)
    person.save()
    assert ids(checks.no_default_password()) == {"accounts.E002"}


def test_administrator_without_second_factor_is_a_warning(town, settings, time_machine_at):
    settings.LINLI_SECOND_FACTOR = True
    post = factories.make_post(needs_second_factor=True)
    factories.make_holding(factories.make_person(), town.units["centre"], post)
    assert ids(checks.second_factors()) == {"accounts.W001"}


def test_node_that_does_not_insist_is_warned(town, settings):
    settings.LINLI_SECOND_FACTOR = False
    assert ids(checks.second_factors()) == {"accounts.W002"}


def test_node_in_good_order_has_no_error(settings):
    settings.DEBUG, settings.LINLI_CHANNEL = False, "sms"
    settings.ALLOWED_HOSTS, settings.SECRET_KEY = ["linli.example.org"], "k" * 60
    assert checks.node_settings() == []


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("DEBUG", True, "E011"),
        ("LINLI_CHANNEL", "console", "E012"),
        ("ALLOWED_HOSTS", ["*"], "E013"),
        ("SECRET_KEY", "short", "E014"),
    ],
)
def test_node_setting_out_of_order_is_an_error(name, value, number, settings):
    test_node_in_good_order_has_no_error(settings)
    setattr(settings, name, value)
    assert ids(checks.node_settings()) == {f"accounts.{number}"}


def test_demo_node_is_an_error(settings):
    test_node_in_good_order_has_no_error(settings)
    (settings.DATA / "demo-accounts.json").write_text("{}")
    assert ids(checks.node_settings()) == {"accounts.E010"}
