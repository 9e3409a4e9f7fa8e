"""An answer becomes public: the officer sees which names and doors go and what may remain, and decides; numbers go."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.events.models import Event, PublicAnswer, Track
from tests.town import MONDAY, build_town, report

pytestmark = pytest.mark.django_db
ASKED = "南苑小区3栋2单元501室的王女士反映楼道灯坏了"
ANSWER = "王女士您好,和平路83号的灯已由张师傅换好,电话13800001111。"


def test_an_officer_sees_what_goes_and_what_may_remain_before_everybody_reads_it(time_machine):
    town = build_town()
    time_machine.move_to(MONDAY + timedelta(hours=1))
    receipt = report(town, ASKED)
    Event.objects.filter(number=receipt.number).update(
        state="closed", closed_at=MONDAY, close_reason="solved", public_answer=ANSWER
    )
    desk = Client()
    desk.force_login(town.people["checker"])
    page = desk.get(reverse("desk:event", args=[receipt.number])).content.decode()
    assert "3栋2单元501室 → [门牌号]" in page
    assert "张师傅 → 某师傅" in page
    assert "83号" in page.split('id="act-publish"')[1]

    act = reverse("desk:act", args=[receipt.number, "publish"])
    shown = html.unescape(re.search(r'name="publish-shown" value="([^"]*)"', page)[1])
    said = {"publish-question": "楼道灯坏了", "publish-asked": ASKED, "publish-shown": shown}
    added = desk.post(act, {**said, "publish-answer": f"{ANSWER}居民李建国反映属实。"})
    assert added.status_code == 422
    assert "李建国 → 某某" in added.content.decode()
    assert not PublicAnswer.objects.exists()

    assert desk.post(act, {**said, "publish-answer": ANSWER, "publish-keep": ["张师傅"]}).status_code == 302
    made = PublicAnswer.objects.get()
    assert made.asked == "南苑小区[门牌号]的某女士反映楼道灯坏了"
    assert made.answer == "某女士您好,和平路83号的灯已由张师傅换好,电话[手机号]。"
    track = Track.objects.get(event__number=receipt.number, step="publish")
    assert (track.data["taken_out"], track.data["left_in"]) == (4, 1)
    everybody = Client().get(reverse("site:answers")).content.decode()
    assert "501" not in everybody
    assert "王女士" not in everybody
