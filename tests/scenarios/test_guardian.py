"""Story: a father acts for his daughter, the other parent does not before she is confirmed; at 18 it is over."""

from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.events.models import UseQuestion
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.registry.models import Guardianship, GuardianshipEnd
from linli.registry.queries.bindings import PersonRecord
from linli.trust import api as trust
from linli.trust.models import Consent, LedgerEntry, RightRequest
from tests.basetown import WU_ID, planted, say
from tests.scenarios.acting import AtDesk, WithPhone
from tests.town import MONDAY

FATHER, MOTHER, STRANGER, TEEN = "13700001111", "13700002222", "13700003333", "13700004444"
CODE = "registry.lectures"
LECTURES = trust.Activity(
    code=CODE, name="健康讲座通知", what_for="社区健康讲座前打电话通知您", basis="1", chosen=True, grade=4
)
pytestmark = [pytest.mark.django_db, pytest.mark.page]


def born(years, days=0):
    """Return the birth day of who is so many years old on the day of the story, and so many days."""
    return registry.birthday_after(MONDAY.date(), -years) - timedelta(days=days)


@pytest.fixture
def worker(town):
    planted(town, MONDAY)
    trust.save_activity(activity=LECTURES, by=accounts.SYSTEM, now=MONDAY)
    return AtDesk(town.people["community_worker"])


@pytest.fixture
def family(town, worker):
    """Return father, mother, a girl of nine and her brother of fifteen; the base says that both parents guard them."""
    grid = town.grids[0].code
    people = {
        key: say("police", "person", key, MONDAY, name=name, birth_date=day.isoformat(), area_code=grid)
        for key, name, day in (
            ("father", "李建业", born(40)), ("mother", "王芳华", born(38)), ("girl", "李小满", born(9, 3)),
            ("boy", "李大雪", born(15, 3)), ("stranger", "赵远", born(50)),
        )
    }  # fmt: skip
    say("visits", "person", "girl-v", MONDAY, name="李小满", birth_date=born(9, 3).isoformat(), area_code=grid)
    for parent in ("father", "mother"):
        ties = [registry.Tie("guards", people[parent], people[child], born(9)) for child in ("girl", "boy")]
        registry.relate(ties=ties, source="police", by=accounts.SYSTEM, now=MONDAY)
    for key, phone in (("father", FATHER), ("mother", MOTHER), ("stranger", STRANGER)):
        said = {"entity_id": people[key], "phone": phone, "paper": "citizen", "now": MONDAY}
        registry.confirm_identity(**said, by=town.actor("community_worker"))
    return people


def at_counter(worker, person, number, paper="household", status=302, **more):
    answer = worker.browser.post(f"/desk/base/{person}/guardians", {"number": number, "paper": paper, **more})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


@pytest.fixture
def confirmed(worker, family):
    at_counter(worker, family["girl"], FATHER)
    return Guardianship.objects.get()


def at_home(phone):
    me = WithPhone(phone)
    me.enter("/my/data")
    return me.browser


def opened(worker, person):
    assert worker.browser.post(f"/desk/base/{person}", {"purpose": "visit"}).status_code == 200


def own_entries(**narrow):
    return LedgerEntry.objects.filter(**narrow).order_by("id")


def test_a_father_acts_for_his_daughter_and_it_is_written_down_so(town, clock, worker, family, confirmed):
    opened(worker, family["girl"])
    mine, girl = at_home(FATHER), registry.subject_of(family["girl"])
    tail = f"?for={confirmed.id}"
    own, hers = mine.get("/my/looks").content.decode(), mine.get("/my/looks" + tail).content.decode()
    assert f"?for={confirmed.id}" in own
    assert "李**" in own
    assert "小满" not in own + hers, "a label has no given name"
    assert "看了" in hers
    assert "南苑" in hers
    look = trust.looks_at(trust.oneself(of(FATHER), now=kernel.now(), ward=confirmed.id), now=kernel.now()).items
    seen = next(one for one in look if one.did == "看了" and one.unit_id and "姓名" in trust.listed(one.data))
    mine.post(f"/my/looks/{seen.id}/ask{tail}", {"kind": "question"})
    assert UseQuestion.objects.get().guardianship == confirmed.id

    mine.post("/my/rights" + tail, {"kind": "correct", "words": "住址写错了"})
    mine.post("/my/rights" + tail, {"kind": "copy", "words": ""})
    assert set(RightRequest.objects.values_list("guardianship", "subject")) == {(confirmed.id, girl)}
    copy = mine.get("/my/copy" + tail).content.decode()
    assert "李小满" in copy, "it is her record, whole"
    assert mine.get("/my/copy").status_code == 404, "he asked for no copy of his own"
    mine.post("/my/consents" + tail, {"deed": "give", "code": CODE, "version": 1})
    row = Consent.objects.get()
    assert (row.subject, row.way, row.guardianship) == (girl, "guardian", confirmed.id)
    mine.post("/my/consents" + tail, {"deed": "withdraw", "code": CODE})
    assert not Consent.objects.filter(withdrawn_at=None).exists()

    done = own_entries(basis=f"guardian:{confirmed.id}")
    assert {one.action for one in done} == {"ask_use", "right_ask", "right_copy", "consent", "withdraw_consent"}
    assert all(girl in one.subjects and one.person_id == of(FATHER).person_id for one in done)
    rows = worker.page("/desk/rights")
    assert "监护人" in rows
    assert f"/desk/base/{family['girl']}" in rows, "the record of the ward, not that of who asks"


def of(phone):
    now = kernel.now()
    return accounts.actor_for(accounts.resident_by_phone(phone=phone, now=now), on=timezone.localdate(now))


@pytest.mark.parametrize("phone", [MOTHER, STRANGER])
def test_who_was_not_confirmed_sees_nothing_and_could_have(clock, worker, family, confirmed, phone):
    opened(worker, family["girl"])
    browser, tail = at_home(phone), f"?for={confirmed.id}"
    assert "李**" not in browser.get("/my/looks").content.decode()
    for path in ("/my/looks", "/my/rights", "/my/consents", "/my/decisions", "/my/copy"):
        assert browser.get(path + tail).status_code == 404
    for path, said in (
        ("/my/rights", {"kind": "copy"}), ("/my/consents", {"deed": "give", "code": CODE, "version": 1}),
    ):  # fmt: skip
        assert browser.post(path + tail, said).status_code == 404
    with pytest.raises(trust.Hidden):
        trust.ask_right(kind="copy", words="", by=of(phone), now=kernel.now(), ward=confirmed.id)
    assert not RightRequest.objects.exists()
    assert not Consent.objects.exists()

    at_counter(worker, family["girl"], phone, "court" if phone == STRANGER else "birth")
    own = Guardianship.objects.get(guardian=family["mother" if phone == MOTHER else "stranger"])
    assert "看了" in browser.get(f"/my/looks?for={own.id}").content.decode(), "confirmed, she reads the same"
    assert browser.get("/my/looks" + tail).status_code == 404, "still not as the father"


def test_it_ends_in_the_second_in_which_the_ward_is_eighteen(town, clock, worker, family):
    at_counter(worker, family["boy"], FATHER)
    row = Guardianship.objects.get()
    day = registry.birthday_after(born(15, 3), 18)
    midnight = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    assert row.until == midnight
    assert trust.wards_of(of(FATHER), now=midnight - timedelta(microseconds=1))
    clock.to(midnight - timedelta(seconds=1))
    browser, tail = at_home(FATHER), f"?for={row.id}"
    assert browser.get("/my/looks" + tail).status_code == 200
    clock.to(midnight)
    assert browser.get("/my/looks" + tail).status_code == 404
    with pytest.raises(trust.Hidden):
        trust.ask_right(kind="copy", words="", by=of(FATHER), now=kernel.now(), ward=row.id)
    assert registry.settle_guardianships(now=kernel.now()) == 1
    assert registry.settle_guardianships(now=kernel.now()) == 0
    end = GuardianshipEnd.objects.get()
    assert (end.at, end.reason, end.by) == (midnight, "of_age", None)
    assert own_entries(action="end_guardianship").count() == 1
    at_counter(worker, family["boy"], MOTHER, status=422)


def test_who_is_guardian_no_more_sees_nothing_more(town, clock, worker, family, confirmed):
    opened(worker, family["girl"])
    browser, tail = at_home(FATHER), f"?for={confirmed.id}"
    browser.post("/my/rights" + tail, {"kind": "correct", "words": "住址写错了"})
    look = trust.looks_at(trust.oneself(of(FATHER), now=kernel.now(), ward=confirmed.id), now=kernel.now()).items
    seen = next(one for one in look if one.did == "看了" and "姓名" in trust.listed(one.data))
    case = browser.post(f"/my/looks/{seen.id}/ask{tail}", {"kind": "question"})["Location"]
    right = RightRequest.objects.get()
    paths = [f"/my/rights/{right.number}{tail}", case, "/my/looks" + tail, "/my/decisions" + tail]
    assert [browser.get(path).status_code for path in paths] == [200] * 4
    said = {"guardianship_id": confirmed.id, "reason": "court"}
    AtDesk(town.people["helper"]).browser.post(f"/desk/base/{family['girl']}/guardians/end", said)
    assert not GuardianshipEnd.objects.exists(), "only at a counter of the area"
    worker.browser.post(f"/desk/base/{family['girl']}/guardians/end", said)
    assert [browser.get(path).status_code for path in paths] == [404] * 4
    assert browser.get(f"/my/rights/{right.number}").status_code == 404
    assert right.number not in browser.get("/my/rights").content.decode()
    assert "人民法院" in worker.page(f"/desk/base/{family['girl']}/guardians")


def test_a_guardianship_is_written_once(town, worker, family, confirmed):
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Guardianship.objects.update(until=None, paper="court")
    with pytest.raises(registry.GuardianRefusedError):
        registry.start_guardianship(
            ward_id=family["girl"], number=FATHER, paper="birth", by=town.actor("community_worker"), now=kernel.now()
        )
    (entry,) = own_entries(action="start_guardianship")
    assert {registry.subject_of(family[one]) for one in ("father", "girl")} <= set(entry.subjects)
    assert FATHER not in str(entry.__dict__)


def test_an_adult_has_a_guardian_only_by_a_court(town, clock, worker, family):
    page = at_counter(worker, family["stranger"], FATHER, status=422)
    assert "人民法院" in page
    at_counter(worker, family["stranger"], FATHER, "court")
    row = Guardianship.objects.get()
    assert row.until is None
    browser = at_home(STRANGER)
    answer = browser.post("/my/rights", {"kind": "copy"})
    assert answer.status_code == 422
    assert "监护人" in answer.content.decode()
    assert at_home(FATHER).get(f"/my/rights?for={row.id}").status_code == 200


def test_a_guardian_is_found_by_a_number_and_is_of_age(town, worker, family):
    by = town.actor("community_worker")
    registry.confirm_identity(entity_id=family["boy"], phone=TEEN, paper="citizen", by=by, now=MONDAY)
    for number in ("13999999999", "x", TEEN):
        at_counter(worker, family["girl"], number, status=422)
    assert not Guardianship.objects.exists()
    at_counter(worker, family["girl"], WU_ID)
    assert Guardianship.objects.get().ward_id == family["girl"]


def test_from_fourteen_on_a_child_acts_by_itself_too(town, clock, worker, family):
    by = town.actor("community_worker")
    registry.confirm_identity(entity_id=family["boy"], phone=TEEN, paper="citizen", by=by, now=MONDAY)
    at_counter(worker, family["boy"], FATHER)
    teen = at_home(TEEN)
    teen.post("/my/consents", {"deed": "give", "code": CODE, "version": 1})
    assert Consent.objects.get().guardianship is None
    teen.post("/my/rights", {"kind": "correct", "words": "学校写错了"})
    right = RightRequest.objects.get()
    father, row = at_home(FATHER), Guardianship.objects.get()
    page = father.get(f"/my/looks?for={row.id}").content.decode()
    assert "本人" in page
    assert right.number not in father.get(f"/my/rights?for={row.id}").content.decode(), "what he wrote stays his"


def test_under_fourteen_a_child_reads_but_does_not_agree_or_ask(town, clock, worker, family):
    by = town.actor("community_worker")
    registry.confirm_identity(entity_id=family["girl"], phone=TEEN, paper="household", by=by, now=MONDAY)
    girl = at_home(TEEN)
    assert girl.get("/my/looks").status_code == 200
    girl.post("/my/consents", {"deed": "give", "code": CODE, "version": 1})
    assert girl.post("/my/rights", {"kind": "copy"}).status_code == 422
    assert not Consent.objects.exists()
    assert not RightRequest.objects.exists()


def test_at_the_counter_the_confirmed_guardian_signs_for_a_child(town, clock, worker, family):
    path = f"/desk/base/{family['girl']}/consents"
    said = {"deed": "give", "code": CODE, "version": 1, "paper": "同意书 2026-18"}
    assert "监护人" in worker.page(path)
    worker.browser.post(path, said)
    assert not Consent.objects.exists(), "the child alone can't"
    at_counter(worker, family["girl"], FATHER)
    row = Guardianship.objects.get()
    worker.browser.post(path, said)
    assert not Consent.objects.exists(), "nor with a guardian who does not sign"
    at_counter(worker, family["boy"], MOTHER)
    other = Guardianship.objects.get(ward=family["boy"])
    worker.browser.post(path, {**said, "signer": other.id})
    assert not Consent.objects.exists(), "nor with the guardian of another child"
    worker.browser.post(path, {**said, "signer": row.id})
    worker.browser.post(path, {**said, "deed": "separate", "signer": row.id})
    assert set(Consent.objects.values_list("way", "guardianship", "is_separate")) == {
        ("counter", row.id, False), ("counter", row.id, True),
    }  # fmt: skip
    assert own_entries(action="consent", basis=f"guardian:{row.id}").count() == 2
    boys = f"/desk/base/{family['boy']}/consents"
    worker.browser.post(boys, said)
    assert Consent.objects.filter(guardianship=None).count() == 1, "from fourteen on he signs himself"


def test_no_number_of_another_parent_stands_in_the_copy_of_a_ward(town, clock, worker, family, confirmed):
    say("visits", "person", "girl-v", MONDAY, name="李小满", birth_date=born(9, 3).isoformat(),
        area_code=town.grids[0].code, phone=MOTHER, emergency_contact="王芳华", emergency_phone=MOTHER)  # fmt: skip
    held = PersonRecord().held(of(FATHER), now=kernel.now(), ward=confirmed.id)
    said = " ".join(one.value for one in held)
    assert "李小满" in said
    assert MOTHER not in said
    assert "芳华" not in said


def test_an_outsider_reaches_no_counter(town, worker, family, confirmed):
    path = f"/desk/base/{family['girl']}/guardians"
    AtDesk(town.people["outsider"]).page(path, status=403)
    AtDesk(town.people["helper"]).page(path, status=403)
    assert "王**" in worker.page(path), "the base's own word is shown as a hint"
    assert quote("李小满") not in worker.page(path)
