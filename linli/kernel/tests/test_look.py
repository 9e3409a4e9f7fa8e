"""How pages look follows a cookie that anybody can write."""

import pytest
from django.test import Client

from linli.kernel.rules.look import CHOICES, COOKIE, read_look, toggle_look


def test_unknown_words_in_the_cookie_are_left_out():
    assert read_look("elder.<script>.contrast").chosen == {"elder", "contrast"}


@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_switched_twice_is_off_again(choice):
    once = read_look(toggle_look(read_look(""), choice))
    assert choice in once.chosen
    assert toggle_look(once, choice) == ""


def test_dark_and_light_exclude_each_other():
    assert toggle_look(read_look("light.elder"), "dark") == "elder.dark"


def test_a_choice_that_does_not_exist_changes_nothing():
    assert toggle_look(read_look("elder"), "pink") == "elder"


def test_switching_goes_back_to_the_page_and_keeps_the_choice():
    client = Client()
    answer = client.post("/look", {"choice": "elder", "next": "/report?a=1"})
    assert (answer.status_code, answer.url) == (302, "/report?a=1")
    assert client.cookies[COOKIE].value == "elder"


def test_switching_never_leads_to_another_host():
    assert Client().post("/look", {"choice": "elder", "next": "https://elsewhere.example/"}).url == "/"
