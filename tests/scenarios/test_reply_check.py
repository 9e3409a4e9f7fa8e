"""A community worker writes an empty reply; the desk says what is missing, they mend it, and nothing was held back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.events.actions.learn_replies import learn_replies
from linli.events.models import Event, Track
from linli.events.queries import reply_model
from linli.events.tests.test_learn_replies import judged
from tests.town import MONDAY, build_town, report

pytestmark = pytest.mark.django_db
EMPTY = "您好！您的留言已收悉。"
GOOD = "您好！经核实，3栋楼道的灯是线路老化，社区已于11月16日换好，现已恢复照明。如再有问题请告诉我们。"


def test_an_empty_reply_is_doubted_and_the_officer_decides(time_machine):
    town = build_town()
    time_machine.move_to(MONDAY + timedelta(hours=1))
    receipt = report(town, "3栋楼道的灯坏了，晚上看不见")
    desk = Client()
    desk.force_login(town.people["community_worker"])
    act = lambda name: reverse("desk:act", args=[receipt.number, name])  # noqa: E731  said often below
    look = reverse("desk:check-answer", args=[receipt.number])
    assert desk.post(act("accept")).status_code == 302

    doubted = desk.post(look, {"submit-answer": EMPTY}).content.decode()
    assert doubted.count("<li>") >= 2
    assert desk.post(look, {"submit-answer": GOOD}).content.decode().count("<li>") == 0
    assert Event.objects.get(number=receipt.number).public_answer == ""

    assert desk.post(act("submit"), {"submit-answer": EMPTY}).status_code == 302
    track = Track.objects.get(event__number=receipt.number, step="submit")
    assert "complete short" in track.data["doubts"]
    assert track.data["check"]

    checker = Client()
    checker.force_login(town.people["checker"])
    page = checker.get(reverse("desk:event", args=[receipt.number])).content.decode()
    assert 'id="doubts-pass"' in page
    assert page.split('id="doubts-pass"')[1].split("</div>")[0].count("<li>") >= 2

    outsider = Client()
    outsider.force_login(town.people["outsider"])
    assert outsider.post(look, {"submit-answer": GOOD}).status_code == 404


def test_a_county_that_judged_its_replies_is_told_what_looks_perfunctory_and_why(time_machine, settings, tmp_path):
    settings.DATA = tmp_path
    town = build_town()
    time_machine.move_to(MONDAY + timedelta(hours=1))
    receipt = report(town, "3栋楼道的灯坏了，晚上看不见")
    desk = Client()
    desk.force_login(town.people["community_worker"])
    look = reverse("desk:check-answer", args=[receipt.number])
    assert "敷衍" not in desk.post(look, {"submit-answer": EMPTY}).content.decode()

    learn_replies(replies=judged(), version="ours", now=MONDAY)
    said = desk.post(look, {"submit-answer": EMPTY}).content.decode()
    assert "看起来像敷衍答复" in said
    assert "除客套话外内容很少" in said
    assert "敷衍" not in desk.post(look, {"submit-answer": GOOD}).content.decode()

    act = lambda name: reverse("desk:act", args=[receipt.number, name])  # noqa: E731  said often below
    assert desk.post(act("accept")).status_code == 302
    assert desk.post(act("submit"), {"submit-answer": EMPTY}).status_code == 302  # they decide
    track = Track.objects.get(event__number=receipt.number, step="submit")
    assert (track.data["model"], track.data["doubts"][0]) == ("ours", "perfunctory model")
    assert 0.2 < track.data["chance"] <= 1
    assert "short" in track.data["reasons"]
    reply_model._loaded.cache_clear()
