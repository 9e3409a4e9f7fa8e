"""Story: the grade of an element rises; the grant that stood on it stands still, and goes on with less of it."""

from datetime import date

import pytest

from linli.exchange import api as exchange
from linli.exchange.models import Grant
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import deliver_all
from linli.registry import api as registry
from linli.trust.models import LedgerEntry
from tests.basetown import WU_ID, plant
from tests.scenarios.acting import AtDesk
from tests.sharingtown import ASK, KEEP, allow

ELEMENTS = ("birth_date", "sex")


@pytest.fixture
def grant(town, clock):
    """The bureau reads two elements by a grant of the data office."""
    now = kernel.now()
    plant(town, now)
    for post, more in {"t-officer": ASK, "t-dispatcher": (*KEEP, "trust.grades")}.items():
        allow(post, more, now)
    asked = exchange.Asked(
        kind="person", elements=ELEMENTS, division_id=town.divisions["county"].id, starts_on=now.date(),
        ends_on=date(2027, 1, 1), quota=10, ways=("query",), purpose="serve",
    )  # fmt: skip
    officer = town.actor("officer", now)
    rows = exchange.draft_application(
        asked=asked, basis="示例条例第七条", words="核对", unit_id=town.units["csgl"].id, by=officer, now=now
    )
    assert len(rows) == 1, "one owner answers for both"
    exchange.submit_application(application_id=rows[0].pk, by=officer, now=now)
    return exchange.approve_application(application_id=rows[0].pk, by=town.actor("dispatcher", now), now=now)


def read(town, grant, elements=()):
    call = exchange.Call(grant.number, "serve", town.actor("officer", kernel.now()), kernel.now())
    return exchange.query_one(call=call, whom={"citizen_id": WU_ID}, elements=elements)


def raise_to(grade, town, code="birth_date"):
    graded = registry.Graded(grade, "01", sensitive=True, mask="all")
    registry.grade_element(
        kind="person", code=code, graded=graded, words="按县数据办意见调高", by=town.actor("dispatcher", kernel.now()),
        now=kernel.now(),
    )  # fmt: skip


def test_a_grant_stops_the_same_second_is_named_and_goes_on_with_less(town, clock, grant):
    assert read(town, grant)["found"]
    used = Grant.objects.get(pk=grant.pk).used
    raise_to(4, town)
    for elements in ((), ("sex",)):
        with pytest.raises(exchange.GradeRisenError):
            read(town, grant, elements)
    assert Grant.objects.get(pk=grant.pk).used == used, "what was refused is not counted"
    deliver_all()
    assert exchange.tell_risen(now=kernel.now()) == 0, "the owner was told once"
    officer = AtDesk(town.people["dispatcher"])
    page = officer.page("/desk/sharing/risen")
    for words in (grant.number, "出生日期", "一般数据3级", "一般数据4级", "已停止"):
        assert words in page
    there = f"/desk/sharing/grants/{grant.pk}"
    assert "重新授权" in officer.page(there)
    officer.browser.post(f"{there}/anew", {"elements": ["sex", "birth_date"], "words": "都要"})
    with pytest.raises(exchange.GradeRisenError):
        read(town, grant)
    officer.browser.post(f"{there}/anew", {"elements": ["sex"], "words": "只核对性别"})
    assert set(read(town, grant)["values"]) == {"sex"}
    with pytest.raises(exchange.NotGrantedError):
        read(town, grant, ("birth_date",))
    assert grant.number not in officer.page("/desk/sharing/risen")
    (entry,) = LedgerEntry.objects.filter(action="exchange.anew")
    assert list(entry.elements) == ["person.sex"]


def test_a_rise_that_stays_behind_its_mask_is_named_and_goes_on(town, clock, grant):
    raise_to(3, town, "sex")
    assert read(town, grant)["found"]
    (risen,) = exchange.all_risen(kernel.now())
    assert [(one.element, one.before, one.now, one.stops) for one in risen.rises] == [("sex", 2, 3, False)]


def test_who_decides_no_grades_does_not_see_the_page(town, clock, grant):
    AtDesk(town.people["community_worker"]).page("/desk/sharing/risen", status=403)
