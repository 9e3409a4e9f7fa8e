"""Five neighbours report the same mixing plant; the centre sees one hot issue, ends it at the source, answers once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.events import api as events
from linli.events.models import PublicAnswer
from tests.mixer import MIXER
from tests.town import MONDAY, build_town, report

pytestmark = pytest.mark.django_db


def test_what_many_say_becomes_one_issue_one_event_and_one_answer(time_machine):
    town = build_town()
    time_machine.move_to(MONDAY + timedelta(hours=2))

    for number, text in enumerate(MIXER):
        report(town, text, phone=f"1370000{number:04d}", now=MONDAY + timedelta(minutes=number))
    report(town, "3栋楼道灯坏了", now=MONDAY)
    (issue,) = events.find_hot(now=MONDAY + timedelta(hours=1))

    desk = Client()
    desk.force_login(town.people["checker"])
    listed = desk.get(reverse("desk:hot")).content.decode()
    assert issue.title in listed
    assert "5 人" in listed or "5 people" in listed

    page = desk.get(reverse("desk:hot-issue", args=[issue.id])).content.decode()
    assert all(text in page for text in MIXER[1:])
    assert "3栋楼道灯坏了" not in page

    dispatcher = Client()
    dispatcher.force_login(town.people["dispatcher"])
    page = dispatcher.get(reverse("desk:hot-issue", args=[issue.id])).content.decode()
    assert f"{reverse('desk:entry')}?text=" in page
    filled = dispatcher.get(reverse("desk:entry"), {"text": "治本:搅拌站", "address": "清风新城"}).content.decode()
    assert "治本:搅拌站" in filled

    said = {"question": "清风新城旁的搅拌站何时停工", "asked": "", "answer": "搅拌站已停工,有事请打13800001111。"}
    publish = reverse("desk:hot-publish", args=[issue.id])
    assert desk.post(publish, said).status_code == 422  # first they see what will be taken out
    assert desk.post(publish, {**said, "shown": "13800001111"}).status_code == 302
    everybody = Client().get(reverse("site:answers"), {"q": "搅拌站"}).content.decode()
    assert "清风新城旁的搅拌站何时停工" in everybody
    assert "13800001111" not in everybody
    assert "清风新城" not in Client().get(reverse("site:answers"), {"q": "路灯"}).content.decode().split("</form>")[-1]
    assert PublicAnswer.objects.get().issue == issue

    outsider = Client()
    outsider.force_login(town.people["outsider"])
    assert issue.title not in outsider.get(reverse("desk:hot")).content.decode()
    assert outsider.get(reverse("desk:hot-issue", args=[issue.id])).status_code == 404
