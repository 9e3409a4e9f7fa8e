"""Incidents: duties follow from the terms, clocks run and remind, each is settled with proof, then it is closed."""

from datetime import timedelta

import pytest
import time_machine

from linli.accounts import api as accounts
from linli.accounts.tests.factories import tell_at, texts_told
from linli.trust import api as trust
from linli.trust.actions import incidents as acts
from linli.trust.models import Incident, NoticeDuty, WatchSettings
from linli.trust.queries.incidents import terms_in_force
from linli.trust.rules.notice_terms import (
    Circumstances,
    TermsRefusedError,
    as_terms_content,
    shipped_terms,
    terms_from,
)
from linli.trust.tests.test_security_watch import TUESDAY, acting, an_alert, office, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["office", "sign_in"]
PAGE = "/console/security/incidents"
SAID = {
    "title": "名单被批量导出", "category": "data", "grade": 3, "operator": "organ", "about_people": True,
    "public_harm": False, "what": "一个账号导出了名单", "known_at": TUESDAY,
}  # fmt: skip


def an_incident(office, **changes):
    return acts.open_incident(said={**SAID, **changes}, by=acting(office, "guard"), now=TUESDAY)


def codes(incident):
    return set(incident.duties.values_list("code", flat=True))


def settle(office, incident, now=TUESDAY):
    for duty in incident.duties.filter(done_at=None):
        acts.settle_duty(
            duty_id=duty.pk, was_needed=True, proof="网信〔2026〕1号", words="", by=acting(office, "guard"), now=now
        )


def move(office, incident, step, words="已停用账号", now=TUESDAY):
    return acts.move_incident(incident_id=incident.pk, step=step, words=words, by=acting(office, "guard"), now=now)


@pytest.mark.parametrize(("changes", "expected"), [
    ({}, {"pipl57", "organ2h"}),
    ({"operator": "critical", "about_people": False}, {"critical1h"}),
    ({"operator": "other", "grade": 1, "public_harm": True}, {"pipl57", "other4h", "public24h"}),
    ({"grade": 4, "about_people": False}, {"county"}),
])  # fmt: skip
def test_who_must_be_told_follows_from_grade_operator_and_harm(office, changes, expected):
    assert codes(an_incident(office, **changes)) == expected


def test_clocks_begin_when_it_was_known(office):
    incident = an_incident(office, known_at=TUESDAY - timedelta(minutes=30))
    assert incident.duties.get(code="organ2h").due_at == TUESDAY + timedelta(minutes=90)
    with pytest.raises(acts.FutureError):
        an_incident(office, known_at=TUESDAY + timedelta(hours=1))
    with pytest.raises(acts.FutureError):
        an_incident(office, happened_at=TUESDAY + timedelta(minutes=5))


def test_an_alert_becomes_one_incident_and_not_two(office):
    alert = an_alert()
    incident = acts.open_incident(said=SAID, by=acting(office, "guard"), now=TUESDAY, alert_id=alert.pk)
    assert incident.alerts.get() == alert
    assert alert.steps.latest("id").words == incident.number
    with pytest.raises(trust.Hidden):
        acts.open_incident(said=SAID, by=acting(office, "guard"), now=TUESDAY, alert_id=alert.pk)


def test_more_is_known_duties_come_and_go_and_what_was_settled_stays(office):
    incident, by = an_incident(office, about_people=False), acting(office, "guard")
    settle(office, incident)
    acts.amend_incident(incident_id=incident.pk, said={**SAID, "grade": 4}, by=by, now=TUESDAY)
    assert codes(incident) == {"organ2h", "pipl57", "county"}
    acts.amend_incident(incident_id=incident.pk, said={**SAID, "grade": 3}, by=by, now=TUESDAY)
    assert codes(incident) == {"organ2h", "pipl57"}
    assert incident.steps.filter(step="amend").first().content == {"before": {"about_people": "False", "grade": "3"}}


@pytest.mark.slow
def test_reminders_come_before_and_after_and_each_once(office):
    by = acting(office, "guard")
    tell_at(office[1][0], by)
    an_incident(office, about_people=False)
    told = [acts.remind_of_duties(now=TUESDAY + timedelta(minutes=n)) for n in (1, 83, 84, 85, 119, 120, 121, 999)]
    assert told == [0, 0, 1, 0, 0, 1, 0, 0]
    texts = [text for _kind, text in texts_told()]
    assert "须在11-24 12:00前报告本部门网信工作机构" in texts[0]
    assert "已于11-24 12:00届满" in texts[1]


def test_what_is_settled_is_not_reminded_of_and_needs_proof(office):
    incident, by = an_incident(office, about_people=False), acting(office, "guard")
    duty = incident.duties.get()
    with pytest.raises(acts.NothingSaidError):
        acts.settle_duty(duty_id=duty.pk, was_needed=True, proof=" ", words="打过电话", by=by, now=TUESDAY)
    with pytest.raises(acts.NothingSaidError):
        acts.settle_duty(duty_id=duty.pk, was_needed=False, proof="x", words="", by=by, now=TUESDAY)
    settle(office, incident)
    assert acts.remind_of_duties(now=TUESDAY + timedelta(days=2)) == 0
    with pytest.raises(acts.IncidentMovedOnError):
        acts.settle_duty(duty_id=duty.pk, was_needed=True, proof="再一次", words="", by=by, now=TUESDAY)


@pytest.mark.slow
def test_it_is_closed_when_all_is_settled_and_never_before(office):
    incident, by = an_incident(office), acting(office, "guard")
    with pytest.raises(acts.IncidentMovedOnError):
        move(office, incident, "close")
    move(office, incident, "contain")
    with pytest.raises(acts.NotSettledError):
        move(office, incident, "close")
    assert "summary30d" in codes(incident)
    settle(office, incident)
    with pytest.raises(acts.NotSettledError):
        move(office, incident, "close")
    acts.settle_notice(incident_id=incident.pk, notice="sent", words="您好", by=by, now=TUESDAY)
    with pytest.raises(acts.NothingSaidError):
        move(office, incident, "close", words=" ")
    closed = move(office, incident, "close", words="改了口令策略")
    assert (closed.state, closed.review) == ("closed", "改了口令策略")
    with pytest.raises(acts.IncidentMovedOnError):
        acts.settle_notice(incident_id=incident.pk, notice="sent", words="您好", by=by, now=TUESDAY)


def test_only_the_security_administrator_writes(office):
    incident = an_incident(office)
    for name in ("auditor", "data", "street"):
        with pytest.raises(trust.NotAllowed):
            acts.open_incident(said=SAID, by=acting(office, name), now=TUESDAY)
        with pytest.raises(trust.NotAllowed):
            acts.move_incident(incident_id=incident.pk, step="contain", words="x", by=acting(office, name), now=TUESDAY)


def test_terms_are_versions_from_a_day_and_all_that_ship_are_samples(office):
    assert all(one.is_sample for one in shipped_terms().duties)
    content = as_terms_content(shipped_terms())
    content["duties"] = [{**content["duties"][0], "minutes": 30, "is_sample": False}]
    day = TUESDAY.date() + timedelta(days=2)
    acts.save_notice_terms(content=content, begins_on=day, by=acting(office, "guard"), now=TUESDAY)
    assert len(terms_in_force(now=TUESDAY + timedelta(days=1)).duties) == len(shipped_terms().duties)
    later = terms_in_force(now=TUESDAY + timedelta(days=3))
    assert [(one.minutes, one.is_sample) for one in later.duties] == [(30, False)]
    assert terms_from(as_terms_content(later)) == later


@pytest.mark.parametrize("wrong", [
    {}, {"duties": []}, {"grades": {"x": "1"}}, {"duties": [{"code": "a"}]}, {"categories": []}, {"duties": "x"},
])  # fmt: skip
def test_wrong_terms_get_a_sentence(wrong):
    content = {**as_terms_content(shipped_terms()), **wrong} if wrong and wrong != {"duties": []} else wrong
    with pytest.raises(TermsRefusedError, match=r"."):
        terms_from(content)


@pytest.mark.parametrize("change", [
    {"minutes": 0}, {"minutes": True}, {"begins": "never"}, {"to": ""}, {"if": {"weather": 1}}, {"extra": 1},
    {"code": "x" * 41}, {"is_sample": "yes"},
])  # fmt: skip
def test_a_wrong_duty_is_named(change):
    content = as_terms_content(shipped_terms())
    content["duties"] = [{**content["duties"][0], **change}]
    with pytest.raises(TermsRefusedError):
        terms_from(content)


def test_a_clock_that_begins_later_is_not_there_yet():
    one = Circumstances("data", 2, "organ", about_people=False, public_harm=False, known_at=TUESDAY)
    assert "summary30d" not in {term.code for term, _begin, _end in shipped_terms().due(one)}


FIELDS = {**SAID, "known_at": "2026-11-24T09:30", "about_people": "on"}


@pytest.fixture
def clock():
    with time_machine.travel(TUESDAY, tick=True):
        yield


def test_the_pages_from_the_alert_to_the_report(clock, sign_in, office):
    alert, client = an_alert(), sign_in("guard")
    assert "30分钟内输错5次" in client.get(f"{PAGE}/new?alert={alert.pk}").content.decode()
    assert client.post(f"{PAGE}/new?alert={alert.pk}", {**FIELDS, "title": ""}).status_code == 422
    answer = client.post(f"{PAGE}/new?alert={alert.pk}", {**FIELDS, "public_harm": ""})
    incident = Incident.objects.get()
    assert answer.url == f"{PAGE}/{incident.pk}"
    text = client.get(answer.url).content.decode()
    assert "示例：请对照正式文本核对" in text
    duty = incident.duties.get(code="pipl57")
    bad = client.post(f"{PAGE}/{incident.pk}/duties/{duty.pk}", {"was_needed": "yes"})
    assert (bad.status_code, "请写明怎么办的" in bad.content.decode()) == (422, True)
    client.post(f"{PAGE}/{incident.pk}/duties/{duty.pk}", {"was_needed": "yes", "proof": "回执7号"})
    assert NoticeDuty.objects.get(pk=duty.pk).proof == "回执7号"
    client.post(f"{PAGE}/{incident.pk}/act", {"act": "notice", "notice": "not_needed", "words": "文件已全部收回"})
    client.post(f"{PAGE}/{incident.pk}/act", {**FIELDS, "act": "amend", "people": "321", "public_harm": ""})
    client.post(f"{PAGE}/{incident.pk}/act", {"act": "contain", "words": "停用"})
    early = client.post(f"{PAGE}/{incident.pk}/act", {"act": "close", "words": "复盘"})
    assert (early.status_code, "复盘" in early.content.decode()) == (422, True)
    report = sign_in("auditor").get(f"{PAGE}/{incident.pk}/report").content.decode()
    assert all(words in report for words in ("321", "回执7号", "文件已全部收回", "信息种类和涉及人数"))


def test_the_auditor_reads_incidents_and_nobody_else(sign_in, office):
    incident = an_incident(office)
    assert sign_in("auditor").get(PAGE).status_code == 200
    assert sign_in("auditor").get(f"{PAGE}/new").status_code == 403
    assert sign_in("auditor").post(f"{PAGE}/{incident.pk}/act", {"act": "contain", "words": "x"}).status_code == 403
    for name, status in (("data", 403), ("clerk", 403), ("street", 404)):
        assert sign_in(name).get(f"{PAGE}/{incident.pk}").status_code == status
    other = an_incident(office)
    foreign = other.duties.first().pk
    assert (
        sign_in("guard").post(f"{PAGE}/{incident.pk}/duties/{foreign}", {"was_needed": "yes", "proof": "x"}).status_code
        == 404
    )
    assert sign_in("guard").get(f"{PAGE}/new?alert=nonsense").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(sign_in, office, count, django_assert_num_queries):
    for _each in range(count):
        an_incident(office)
    client = sign_in("guard")
    with django_assert_num_queries(3):
        assert client.get(PAGE).status_code == 200


@pytest.mark.slow
def test_accounts_of_the_watch_are_of_one_office(office):
    with pytest.raises(accounts.TwoOfficesError):
        accounts.save_post(
            code="both", name="both", capabilities=["trust.watch", "trust.audit"], by=accounts.SYSTEM, now=TUESDAY
        )


TERMS = "/console/security/terms"


def test_terms_are_kept_as_versions_at_their_page_which_says_that_they_are_samples(office, client):
    people, _held = office
    with time_machine.travel(TUESDAY, tick=False):
        client.force_login(people["guard"])
        page = client.get(TERMS)
        assert page.status_code == 200
        fields = page.context["form"]
        said = {bound.name: bound.initial or "" for bound in fields if bound.name.rpartition("_")[2] != "checked"}
        assert "样例" in page.content.decode()
        said |= {"pipl57_minutes": "30", "pipl57_checked": "on", "begins_on": TUESDAY.date().isoformat()}
        assert client.post(TERMS, {**said, "pipl57_minutes": "0"}).status_code == 422
        assert client.post(TERMS, said).status_code == 302
        (duty,) = [one for one in terms_in_force(now=TUESDAY).duties if one.code == "pipl57"]
        assert (duty.minutes, duty.is_sample) == (30, False)
        assert len(terms_in_force(now=TUESDAY).duties) == len(shipped_terms().duties)
        assert "第1版" in client.get(TERMS).content.decode() or WatchSettings.objects.count() == 1
        client.force_login(people["clerk"])
        assert client.get(TERMS).status_code == 403
