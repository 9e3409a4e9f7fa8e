"""Grants: checked and counted on every read, closed the same second, exact under concurrency, pseudonyms apart."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from linli.exchange import api as exchange
from linli.exchange.models import Application, Batch, Grant, Use
from linli.exchange.tests.places import NOW, WU_ID, applied, asked, call, granted, kept_wu
from linli.registry import api as registry
from linli.registry.tests.factories import ledger, say
from linli.trust import api as trust

pytestmark = pytest.mark.django_db
OLD = registry.Condition("age", ">=", 60)
WHOM = {"citizen_id": WU_ID}


@pytest.fixture
def wu(place):
    return kept_wu(place.ground.grids["xuefu1"])


def verify(place, grant, condition=OLD, whom=WHOM, **more):
    return exchange.verify_one(call=call(place, grant, **more), whom=whom, asked=condition)


def query(place, grant, whom=WHOM, elements=(), **more):
    return exchange.query_one(call=call(place, grant, **more), whom=whom, elements=elements)


def test_an_application_travels_to_the_owner_with_a_clock(place):
    row = applied(place)
    assert row.state == "applied"
    assert row.owner_unit_id == place.units["gaj"].pk
    assert (row.due - NOW).days in range(11, 20), "ten working days, with weekends between"
    assert [one.number for one in exchange.applications_seen_by(place.actor("police"))] == [row.number]
    assert not exchange.applications_seen_by(place.actor("health"))


def test_elements_of_several_owners_become_an_application_to_each(place):
    rows = exchange.draft_application(
        asked=asked(place, elements=("birth_date", "low_income", "marital")), basis="社会救助暂行办法", words="核对",
        unit_id=place.units["wjj"].pk, by=place.actor("health"), now=NOW,
    )  # fmt: skip
    assert {(row.owner, tuple(row.elements)) for row in rows} == {
        ("公安", ("birth_date",)), ("民政", ("low_income", "marital")),
    }  # fmt: skip
    assert {row.owner_unit_id for row in rows} == {place.units["gaj"].pk, place.units["mzj"].pk}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"elements": ("chronic_disease",)}, "elements"),
        ({"elements": ("nothing",)}, "elements"),
        ({"purpose": "curiosity"}, "purpose"),
        ({"ways": ("telepathy",)}, "ways"),
        ({"quota": 0}, "quota"),
        ({"lifted": ("phone",)}, "lifted"),
        ({"ends_on": NOW.date() - timedelta(days=1)}, "ends_on"),
    ],
)
def test_what_cant_be_applied_for_is_refused_by_field(place, more, field):
    with pytest.raises(exchange.TermsRefusedError) as refused:
        applied(place, **more)
    assert refused.value.field == field


def test_who_applies_never_answers(place):
    row = applied(place)
    Application.objects.filter(pk=row.pk).update(made_by=place.people["police"])
    with pytest.raises(exchange.OwnApplicationError):
        exchange.approve_application(application_id=row.pk, by=place.actor("police"), now=NOW)
    assert exchange.approve_application(application_id=row.pk, by=place.actor("police2"), now=NOW).state == "active"


def test_another_department_can_neither_see_nor_answer(place):
    row = applied(place)
    with pytest.raises(trust.NotAllowed):
        exchange.approve_application(application_id=row.pk, by=place.actor("health"), now=NOW)


def test_an_answer_may_trim_in_writing_but_never_widen(place):
    row = applied(place)
    less = asked(place, elements=("birth_date",), division_id=place.community, quota=10, ways=("verify",))
    police = place.actor("police")
    with pytest.raises(exchange.WordsMissingError):
        exchange.approve_application(application_id=row.pk, by=police, now=NOW, granted=less)
    more = asked(place, quota=101)
    with pytest.raises(exchange.TermsRefusedError):
        exchange.approve_application(application_id=row.pk, by=police, now=NOW, granted=more, words="多给")
    grant = exchange.approve_application(application_id=row.pk, by=police, now=NOW, granted=less, words="只需核对年龄")
    row.refresh_from_db()
    assert (row.state, grant.quota, grant.elements) == ("trimmed", 10, ["birth_date"])


def test_a_verification_answers_without_the_value(place, wu):
    grant = granted(place)
    said = verify(place, grant)
    assert said["answer"] == "yes"
    assert "1940" not in str(said)
    assert verify(place, grant, registry.Condition("birth_date", "<", "1930-01-01"))["answer"] == "no"
    assert verify(place, grant, whom={"citizen_id": "110101199003077731"})["answer"] == "unknown"
    assert verify(place, grant, whom={**WHOM, "name": "王二"})["answer"] == "unknown", "the name must agree"
    grant.refresh_from_db()
    assert grant.used == 4


def test_a_query_gives_granted_elements_only_masked_by_grade(place, wu):
    grant = granted(place, elements=("name", "sex"))
    assert query(place, grant)["values"] == {"name": "吴**", "sex": "女性"}
    whole = granted(place, elements=("name", "sex"), lifted=("name",))
    assert query(place, whole, elements=["name"])["values"] == {"name": "吴桂芳"}
    with pytest.raises(exchange.NotGrantedError):
        query(place, grant, elements=["birth_date"])


@pytest.mark.slow
def test_rows_outside_the_area_or_the_filter_are_as_if_not_there(place, wu):
    far = granted(place, division_id=place.ground.town.other_community.pk)
    assert query(place, far) == {"found": False, "subject": None, "values": {}}
    assert verify(place, far)["answer"] == "unknown"
    assert query(place, granted(place, rows={"sex": ["1"]}))["found"] is False
    assert query(place, granted(place, rows={"sex": ["2"]}))["found"] is True


def test_an_expired_grant_is_closed_the_same_second(place, wu):
    grant = granted(place)
    last = grant.closes_at - timedelta(microseconds=1)
    assert verify(place, grant, now=last)["answer"] == "yes"
    with pytest.raises(exchange.GrantClosedError):
        verify(place, grant, now=grant.closes_at)
    assert Grant.objects.get(pk=grant.pk).state == "active", "nothing had to run for it to be closed"
    assert exchange.expire_grants(now=grant.closes_at) == 1
    assert Grant.objects.get(pk=grant.pk).state == "expired"


def test_a_suspended_grant_is_closed_until_it_is_resumed(place, wu):
    grant = granted(place)
    change = {"grant_id": grant.pk, "by": place.actor("police"), "now": NOW, "words": "用途存疑"}
    exchange.end_grant(step="suspend", **change)
    with pytest.raises(exchange.GrantClosedError):
        verify(place, grant)
    exchange.end_grant(step="resume", **change)
    assert verify(place, grant)["answer"] == "yes"
    exchange.end_grant(step="revoke", **change)
    with pytest.raises(exchange.GrantClosedError):
        verify(place, grant)


def test_a_grant_is_for_its_purpose_and_its_holder(place, wu):
    grant = granted(place)
    with pytest.raises(exchange.NotGrantedError):
        verify(place, grant, purpose="safety")
    with pytest.raises(exchange.NoSuchGrantError):
        verify(place, grant, by="health")
    with pytest.raises(trust.NotAllowed):
        verify(place, grant, by="police")


def test_every_read_stands_in_the_ledger_and_refusals_too(place, wu):
    grant = granted(place)
    verify(place, grant)
    query(place, grant)
    with pytest.raises(exchange.NotGrantedError):
        verify(place, grant, purpose="safety")
    entries = [one for one in ledger() if one.action in {"exchange.verify", "exchange.query"}]
    assert [(one.action, one.result, one.case_ref) for one in entries] == [
        ("exchange.verify", "ok", grant.number), ("exchange.query", "ok", grant.number),
        ("exchange.verify", "refused", grant.number),
    ]  # fmt: skip
    assert entries[0].elements == ["person.birth_date.masked"]
    assert entries[0].unit_id == place.units["mzj"].pk
    assert entries[0].subjects
    assert entries[0].purpose == "registry.serve"


@pytest.mark.slow
def test_two_recipients_cannot_join_what_they_were_given(place, wu):
    other = say("police", "person", "P2", name="赵六", citizen_id="990101199508150010", sex="1",
                birth_date="1995-08-15", area_code=place.ground.grids["xuefu1"].code)  # fmt: skip
    assert other != wu
    people = [WHOM, {"citizen_id": "990101199508150010"}]
    ours, theirs = granted(place), granted(place, "health", "wjj")
    civil = [query(place, ours, one)["subject"] for one in people]
    health = [query(place, theirs, one, by="health")["subject"] for one in people]
    assert civil == [query(place, ours, one)["subject"] for one in people], "stable for one recipient"
    assert len(set(civil) | set(health)) == 4


def test_a_request_sent_again_with_its_key_is_counted_once(place, wu):
    grant = granted(place)
    first = query(place, grant, key="k1")
    assert query(place, grant, key="k1") == first
    grant.refresh_from_db()
    assert (grant.used, Use.objects.count()) == (1, 1)
    with pytest.raises(exchange.KeyUsedError):
        query(place, grant, elements=["name"], key="k1")
    with pytest.raises(exchange.GrantClosedError):
        query(place, grant, key="k1", now=grant.closes_at)
    exchange.forget_answers(now=NOW + timedelta(days=2))
    assert Use.objects.get().answer is None


@pytest.mark.slow
def test_one_person_is_not_asked_about_ever_closer(place, wu):
    grant = granted(place)
    for year in range(20):
        verify(place, grant, registry.Condition("birth_date", "<", f"{1930 + year}-01-01"))
    with pytest.raises(Exception, match=r"."):
        verify(place, grant)
    grant.refresh_from_db()
    assert grant.used == 20


def test_a_batch_is_worked_off_in_parts_and_counted(place, wu, monkeypatch):
    monkeypatch.setattr("linli.exchange.actions.batch.AT_ONCE", 2)
    grant = granted(place)
    people = [WHOM, {"citizen_id": "110101199003077731"}, {"citizen_id": "12"}, WHOM, {"name": "吴桂芳"}]
    batch = exchange.hand_in(call=call(place, grant, key="b"), whom=people)
    assert exchange.hand_in(call=call(place, grant, key="b"), whom=people).pk == batch.pk
    assert exchange.work_off(batch_id=batch.pk, now=NOW) == 5
    batch.refresh_from_db()
    lines = exchange.lines_of(batch, by=place.actor("asker"), now=NOW)
    assert [line["found"] for line in lines] == [True, False, False, True, False]
    assert lines[2]["problem"]
    assert lines[4]["problem"]
    assert lines[0]["subject"] == lines[3]["subject"]
    grant.refresh_from_db()
    assert (batch.state, grant.used) == (Batch.State.DONE, 5)
    with pytest.raises(exchange.GrantClosedError):
        exchange.lines_of(batch, by=place.actor("asker"), now=grant.closes_at)


def test_a_batch_stops_where_its_grant_closes(place, wu, monkeypatch):
    monkeypatch.setattr("linli.exchange.actions.batch.AT_ONCE", 1)
    grant = granted(place)
    batch = exchange.hand_in(call=call(place, grant), whom=[WHOM, WHOM])
    assert exchange.work_off(batch_id=batch.pk, now=grant.closes_at) == 0
    batch.refresh_from_db()
    assert batch.state == Batch.State.CUT
    assert Grant.objects.get(pk=grant.pk).used == 0


def test_a_late_answer_is_told_once(place):
    row = applied(place)
    assert exchange.tell_late_applications(now=row.due) == 0
    late = row.due + timedelta(minutes=1)
    assert exchange.tell_late_applications(now=late) == 1
    assert exchange.tell_late_applications(now=late) == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_quota_is_never_overshot_by_sixteen_clients(place):
    kept_wu(place.ground.grids["xuefu1"])
    grant = granted(place, quota=25)
    actor = place.actor("asker")

    def ask(number):
        said = exchange.Call(grant=grant.number, purpose="serve", by=actor, now=NOW)
        try:
            exchange.query_one(call=said, whom=WHOM)
        except exchange.QuotaSpentError:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(16) as pool:
        done = sum(pool.map(ask, range(64)))
    grant.refresh_from_db()
    assert (done, grant.used, Use.objects.count()) == (25, 25, 25)
