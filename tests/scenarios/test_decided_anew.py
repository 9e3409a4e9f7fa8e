"""Story: what machines decided is explained in plain words; a person decides anew, and never the one who did before."""

from urllib.parse import quote

import pytest
from django.utils import timezone

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.models import Event
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.registry.models import TagMark
from linli.trust import api as trust
from linli.trust.models import LedgerEntry, RightRequest
from tests.basetown import WU_ID, planted, say
from tests.scenarios.acting import AtDesk, WithPhone
from tests.town import MONDAY, OLD_WU_PHONE, SINCE, TENANT_PHONE, report

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture
def wu(town):
    person, _house = planted(town, MONDAY)
    said = {"entity_id": person, "phone": OLD_WU_PHONE, "paper": "citizen", "now": MONDAY}
    registry.confirm_identity(**said, by=town.actor("community_worker"))
    return person


@pytest.fixture
def me(wu):
    one = WithPhone(OLD_WU_PHONE)
    one.enter("/my/decisions")
    return one.browser


def at_centre(town):
    """Return a second dispatcher of the centre."""
    person = accounts.create_person(username="second", name="余晖", by=accounts.SYSTEM, now=MONDAY)
    accounts.open_holding(
        person=person, post=town.holdings["dispatcher"].post, unit=town.units["centre"], valid_from=SINCE,
        division_id=town.divisions["county"].id, grid_id=None, by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip
    return AtDesk(person)


def tagged(town, wu):
    rule = {"join": "and", "parts": [["birth_date", "years_from", "80"], ["lives_alone", "is", "yes"]]}
    draft = registry.TagDraft("person", "高龄独居", "电话问候", town.divisions["nanyuan"].id, rule=rule)
    registry.define_tag(draft=draft, by=town.actor("community_worker"), now=MONDAY)
    registry.sweep(now=kernel.now())
    return TagMark.objects.get(entity_id=wu, ended_at=None)


def spoken_anew(town):
    say("visits", "person", "V1", kernel.now(), name="吴桂花", citizen_id=WU_ID, phone=OLD_WU_PHONE, lives_alone="是")


def test_a_tag_of_a_rule_is_explained_and_taken_away_for_good(town, clock, wu, me):
    mark = tagged(town, wu)
    assert "高龄独居" in me.get("/my/decisions").content.decode()
    path = f"/my/decisions/tags/{mark.pk}"
    page = me.get(path).content.decode()
    for said in ("电话问候", "出生日期", "独居老人", "同时符合", "80", "南苑社区居委会", "2026-11-16"):
        assert said in page, said
    answer = me.post(path, {"kind": "object", "words": "我和儿子同住"})
    row = RightRequest.objects.get()
    assert answer["Location"].endswith(f"/my/rights/{row.number}")
    assert row.unit == town.units["nanyuan"]
    worker = AtDesk(town.people["community_worker"])
    assert f"/desk/rights/{row.pk}/untag" in worker.page("/desk/rights")
    assert AtDesk(town.people["dispatcher"]).browser.post(f"/desk/rights/{row.pk}/untag").status_code == 404
    worker.browser.post(f"/desk/rights/{row.pk}/untag")
    mark.refresh_from_db()
    assert (mark.is_exempt, mark.ended_by) == (True, "周敏")
    clock.later(hours=1)
    spoken_anew(town)
    registry.sweep(now=kernel.now())
    assert not TagMark.objects.filter(entity_id=wu, ended_at=None).exists(), "the rule gives it no more"
    assert me.get(path).status_code == 404
    worker.browser.post(f"/desk/rights/{row.pk}", {"step": "grant", "answer": "已由人工取消。"})
    assert "已由人工取消。" in me.get(f"/my/rights/{row.number}").content.decode()
    assert LedgerEntry.objects.filter(action="tag_exempt").count() == 1


def test_a_tag_of_somebody_else_is_not_explained(town, wu):
    mark = tagged(town, wu)
    stranger = WithPhone(TENANT_PHONE)
    stranger.enter("/my/decisions")
    assert stranger.browser.get(f"/my/decisions/tags/{mark.pk}").status_code == 404
    assert "高龄独居" not in stranger.browser.get("/my/decisions").content.decode()


def test_whether_a_report_is_the_same_is_explained_without_the_other(town, clock, wu, me):
    other = report(town, "3栋楼道的灯坏了，租客张伟说晚上看不见", phone=TENANT_PHONE).number
    mine = report(town, "3栋楼道的灯坏了，很黑").number
    path = f"/my/decisions/duplicates/{quote(mine)}"
    page = me.get(path).content.decode()
    assert "工作人员看到1件与您相近的诉求" in page
    assert "没有把您的诉求与其他诉求合并" in page
    event = Event.objects.get(number=mine)
    events.merge_event(event_id=event.id, number=other, by=town.actor("dispatcher"), now=kernel.now())
    page = me.get(path).content.decode()
    assert "合并办理" in page
    for secret in (other, "张伟", "林静", TENANT_PHONE):
        assert secret not in page, secret
    assert path in me.get("/my/decisions").content.decode()
    second = at_centre(town)
    me.post(path, {"kind": "object", "words": "不是同一盏灯"})
    row = RightRequest.objects.get()
    assert row.first == [town.people["dispatcher"].pk]
    first = AtDesk(town.people["dispatcher"])
    assert "原决定是您作出的" in first.page("/desk/rights")
    said = {"step": "grant", "answer": "维持原决定"}
    answer = first.browser.post(f"/desk/rights/{row.pk}", said, follow=True)
    assert "原决定是您作出的，这项异议请由本单位其他同事答复" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "asked"
    assert f"/desk/e/{quote(mine)}" in second.page("/desk/rights")
    second.browser.post(f"/desk/rights/{row.pk}", said)
    row.refresh_from_db()
    assert row.state == "granted"


def test_who_decided_first_passes_an_objection_up_and_a_unit_without_anybody_else_is_passed_over(town, clock, wu):
    worker, by = town.actor("community_worker"), town.actor("old_wu")
    row = trust.ask_right(kind="correct", words="住址写错了", by=by, now=kernel.now())
    with pytest.raises(trust.RightRefusedError):
        trust.pass_right_up(request_id=row.pk, by=worker, now=kernel.now())
    RightRequest.objects.filter(pk=row.pk).update(first=[worker.person_id])
    for step in ("take", "grant", "refuse"):
        with pytest.raises(trust.RightRefusedError, match="原决定是您作出的"):
            trust.answer_right(request_id=row.pk, step=step, answer="好", basis="法", by=worker, now=kernel.now())
    trust.pass_right_up(request_id=row.pk, by=worker, now=kernel.now())
    row.refresh_from_db()
    assert row.unit == town.units["centre"], "nobody at the street answers"
    done = trust.answer_right(
        request_id=row.pk, step="grant", answer="已更正", basis="", by=town.actor("dispatcher"), now=kernel.now()
    )
    assert done.state == "granted"
    assert timezone.localdate(done.ended_at) == MONDAY.date()
