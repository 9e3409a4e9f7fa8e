"""Story: an old woman agrees to be told of lectures, withdraws with one tap, and the use ends that very moment."""

import pytest

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.registry.models import Entity
from linli.trust import api as trust
from linli.trust.models import Consent, LedgerEntry
from tests.basetown import planted
from tests.scenarios.acting import AtDesk, WithPhone
from tests.town import MONDAY, OLD_WU_PHONE

CODE, PAGE = "registry.lectures", "/my/consents"
LECTURES = trust.Activity(
    code=CODE, name="健康讲座通知", what_for="社区健康讲座前打电话通知您", basis="1", chosen=True, grade=4
)
MISSING = "本人尚未同意此项使用，或已撤回同意"


@pytest.fixture
def wu(town):
    person, _house = planted(town, MONDAY)
    trust.save_activity(activity=LECTURES, by=accounts.SYSTEM, now=MONDAY)
    return person


@pytest.fixture
def worker(town):
    return AtDesk(town.people["community_worker"])


@pytest.fixture
def resident(town, wu, worker):
    said = {"entity_id": wu, "phone": OLD_WU_PHONE, "paper": "citizen", "now": MONDAY}
    registry.confirm_identity(**said, by=town.actor("community_worker"))
    one = WithPhone(OLD_WU_PHONE)
    one.enter(PAGE)
    return one


def card(desk, person):
    answer = desk.browser.post(f"/desk/base/{person}", {"purpose": "lectures"})
    return answer.status_code, answer.content.decode()


def tap(resident, deed, version=1):
    answer = resident.browser.post(PAGE, {"deed": deed, "code": CODE, "version": version})
    assert answer.status_code == 302
    return resident.browser.get(PAGE).content.decode()


def given_out(town, wu):
    """Return what a contract for that purpose is given about her."""
    lifted = frozenset({"phone"})
    reach = registry.Reach("person", ("name", "phone"), town.divisions["county"].id, {}, lifted)
    errand = registry.Errand(by=town.actor("officer"), purpose="lectures", case="G-1", action="exchange.query")
    return registry.release_known(reach=reach, entity_id=wu, errand=errand, now=kernel.now())


def test_she_agrees_and_withdraws_with_one_tap_each(town, clock, wu, worker, resident):
    assert LECTURES.what_for in resident.browser.get(PAGE).content.decode()
    status, text = card(worker, wu)
    assert status == 422
    assert MISSING in text
    assert OLD_WU_PHONE not in text
    assert given_out(town, wu) is None
    page = tap(resident, "give")
    assert "TY-" in page
    status, text = card(worker, wu)
    assert status == 200
    assert OLD_WU_PHONE not in text, "a telephone is sensitive: she has not agreed to that"
    assert given_out(town, wu).values["phone"] != OLD_WU_PHONE
    tap(resident, "separate")
    assert OLD_WU_PHONE in card(worker, wu)[1]
    tap(resident, "withdraw")
    status, text = card(worker, wu)
    assert (status, OLD_WU_PHONE in text) == (422, False)
    assert given_out(town, wu) is None, "exchange leaves her out, too"
    assert Consent.objects.filter(withdrawn_at=None).count() == 0
    assert Consent.objects.count() == 2
    looks = LedgerEntry.objects.filter(action="card", purpose=CODE).count()
    assert looks == 2
    trust.seal_once(now=kernel.now())
    assert trust.verify_ledger().ok


def test_at_the_counter_a_signed_paper_is_named_and_withdrawing_needs_none(town, wu, worker):
    path = f"/desk/base/{wu}/consents"
    assert LECTURES.what_for in worker.page(path)
    said = {"deed": "give", "code": CODE, "version": 1}
    worker.browser.post(path, said)
    assert not Consent.objects.exists(), "without a paper nothing is kept"
    worker.browser.post(path, {**said, "paper": "同意书 2026-17"})
    assert Consent.objects.get().paper == "同意书 2026-17"
    assert card(worker, wu)[0] == 200
    worker.browser.post(path, {"deed": "withdraw", "code": CODE})
    assert card(worker, wu)[0] == 422
    AtDesk(town.people["outsider"]).page(path, status=403)
    AtDesk(town.people["helper"]).page(path, status=403)
    assert Entity.objects.filter(pk=wu).exists()


def test_who_is_not_confirmed_agrees_to_nothing(town, wu, worker):
    stranger = WithPhone("13900002222")
    stranger.enter(PAGE)
    assert LECTURES.what_for not in stranger.browser.get(PAGE).content.decode()
    tap(stranger, "give")
    assert not Consent.objects.exists()
    assert card(worker, wu)[0] == 422
