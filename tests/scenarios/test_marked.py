"""Story: a woman in the news has each look at her reviewed; an officer's look at themselves counts as one at family."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust
from linli.trust.models import Finding, LedgerEntry, LookReview, MarkedPerson
from linli.trust.rules.look_settings import settings_from
from tests.basetown import WU_ID, planted, say
from tests.scenarios.acting import AtDesk, WithPhone
from tests.town import MONDAY, OLD_WU_PHONE

LIST = "/console/trust/marked"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def wu(town):
    person, _house = planted(town, MONDAY)
    said = {"entity_id": person, "phone": OLD_WU_PHONE, "paper": "citizen", "now": MONDAY}
    registry.confirm_identity(**said, by=town.actor("community_worker"))
    return person


@pytest.fixture
def keeper(town):
    """Return the security officer, whose post keeps the list."""
    return AtDesk(town.people["guardian"])


def looked(town, person, *, case=""):
    """Let the community worker open the card once, and the watch go by."""
    registry.open_card(
        entity_id=person, by=town.actor("community_worker"), purpose="visit", now=kernel.now(), case=case
    )
    trust.seal_once(now=kernel.now())
    trust.watch_looks(now=kernel.now())


def test_a_resident_has_each_look_reviewed_and_takes_it_back(town, clock, wu):
    looked(town, wu)
    assert not LookReview.objects.exists(), "one look alone raises nothing"
    me = WithPhone(OLD_WU_PHONE)
    me.enter("/my/looks")
    me.browser.post("/my/looks/reviewed", {"deed": "begin"})
    assert "按您的申请" in me.browser.get("/my/looks").content.decode()
    clock.later(days=1)
    looked(town, wu)
    (found,) = Finding.objects.filter(rule="marked")
    assert found.review is not None
    reviews = AtDesk(town.people["auditor"]).page("/console/trust/looks")
    assert "逐次复核" in reviews
    assert "吴" not in reviews
    me.browser.post("/my/looks/reviewed", {"deed": "end"})
    clock.later(days=1)
    looked(town, wu)
    assert Finding.objects.filter(rule="marked").count() == 1
    done = LedgerEntry.objects.filter(object_kind="marked").order_by("id").values_list("action", flat=True)
    assert list(done) == ["mark", "unmark"]


def test_a_look_with_a_case_is_reviewed_as_well(town, clock, wu):
    trust.mark_oneself(by=town.actor("old_wu"), now=kernel.now())
    trust.record(
        by=town.actor("community_worker"), action="card", purpose="registry.visit", case="event:1",
        subjects=[registry.subject_of(wu)], object_kind="person", object_id=wu, elements=[], now=kernel.now(),
    )  # fmt: skip
    trust.seal_once(now=kernel.now())
    trust.watch_looks(now=kernel.now())
    assert LookReview.objects.get().findings.get().rule == "marked"


def test_the_security_officer_keeps_the_list_and_no_number_is_kept(town, clock, wu, keeper):
    assert "林" not in keeper.page(LIST)
    assert keeper.browser.post(LIST, {"number": WU_ID, "words": ""}).status_code == 422
    assert keeper.browser.post(LIST, {"number": "990101199508150017", "words": "受害人"}).status_code == 422
    assert keeper.browser.post(LIST, {"number": WU_ID, "words": "重大事故受害人"}).status_code == 302
    row = MarkedPerson.objects.get()
    assert (row.subject, row.label) == (registry.subject_of(wu), "吴**")
    assert WU_ID not in str(LedgerEntry.objects.filter(object_kind="marked").values())
    looked(town, wu)
    assert LookReview.objects.get().findings.get().rule == "marked"
    page = keeper.page(LIST)
    assert "重大事故受害人" in page
    assert "桂芬" not in page
    assert "重大事故受害人" in AtDesk(town.people["auditor"]).page(LIST)
    assert AtDesk(town.people["auditor"]).browser.post(f"{LIST}/{row.pk}/end").status_code == 403
    for name in ("outsider", "community_worker"):
        AtDesk(town.people[name]).page(LIST, status=403)
    keeper.browser.post(f"{LIST}/{row.pk}/end")
    row.refresh_from_db()
    assert row.ended_at is not None
    assert "重大事故受害人" in keeper.page(LIST), "the line stays"


def test_no_county_loosens_it_and_settings_of_before_go_on():
    shipped = trust.as_content(trust.settings_in_force())
    before = {**shipped, "rules": {name: one for name, one in shipped["rules"].items() if name != "marked"}}
    assert settings_from(before).rules["marked"].on
    for change in ({"on": False}, {"limit": 5}, {"weight": 0.1}):
        loose = {**shipped, "rules": {**shipped["rules"], "marked": {**shipped["rules"]["marked"], **change}}}
        with pytest.raises(trust.SettingsRefusedError):
            settings_from(loose)


@pytest.mark.parametrize("how", ["telephone", "binding", "guardian"])
def test_a_look_at_oneself_or_the_own_child_counts_as_family(town, clock, wu, how):
    officer, grid = town.people["community_worker"], town.grids[0].code
    own = say("police", "person", "Z", MONDAY, name="周敏", birth_date="1990-01-01", area_code=grid)
    child = say("police", "person", "Z2", MONDAY, name="周小", birth_date="2018-01-01", area_code=grid)
    phone, by = "13711112222", town.actor("community_worker")
    accounts.note_own_phone(person=officer, phone=phone, by=accounts.SYSTEM, now=MONDAY)
    seen = child if how == "guardian" else own
    if how == "telephone":
        say("visits", "person", "ZV", MONDAY, name="周敏", birth_date="1990-01-01", area_code=grid)
        seen = say("visits", "person", "ZV2", MONDAY, name="周某", phone=phone, area_code=grid)
    else:
        registry.confirm_identity(entity_id=own, phone=phone, paper="citizen", by=by, now=MONDAY)
    if how == "guardian":
        registry.start_guardianship(ward_id=child, number=phone, paper="birth", by=by, now=MONDAY)
    assert trust.tie_to(by, "person", seen) == "family"
    assert trust.tie_to(by, "person", wu) == ""
    desk = AtDesk(officer)
    assert "本人或家人" in desk.page(f"/desk/base/{seen}")
    assert "本人或家人" not in desk.page(f"/desk/base/{wu}")
    for days in range(2):
        clock.to(MONDAY + timedelta(days=days))
        looked(town, seen)
    assert LookReview.objects.get().findings.filter(rule="family").exists()
