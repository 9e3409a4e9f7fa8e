"""Story: an officer goes on leave; a colleague acts in their place at three desks until a day, and no longer."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.accounts.models import Cover
from linli.kernel import api as kernel
from linli.trust.models import LedgerEntry
from tests.basetown import plant
from tests.scenarios.acting import AtDesk
from tests.sharingtown import ASK, allow
from tests.town import MONDAY

DESKS = ("/desk/", "/desk/base", "/desk/sharing")


@pytest.fixture
def leave(town, clock):
    """The officer handles events, looks into the base and asks for data; the colleague keeps the files."""
    now = kernel.now()
    plant(town, now)
    allow("t-officer", (*ASK, "registry.see"), now)
    post = accounts.save_post(code="clerk", name="内勤", capabilities=[], by=accounts.SYSTEM, now=now)
    clerk = accounts.create_person(username="clerk", name="内勤小秦", by=accounts.SYSTEM, now=now)
    accounts.open_holding(
        person=clerk, post=post, unit=town.units["csgl"], division_id=town.divisions["county"].id,
        valid_from=MONDAY.date(), by=accounts.SYSTEM, now=now,
    )  # fmt: skip
    town.people["clerk"] = clerk
    return town


def covering(town):
    """Let the officer lend the own post for two days, at the page."""
    officer, colleague = AtDesk(town.people["officer"]), town.people["clerk"]
    last = (MONDAY + timedelta(days=1)).date().isoformat()
    form = f"/desk/cover/{town.holdings['officer'].id}"
    can = ["events.see_unit", "events.handle", "registry.see", "exchange.use", "exchange.apply"]
    offered = officer.page(form)
    said = {"to": colleague.pk, "why": "leave", "first": MONDAY.date().isoformat(), "last": last,
            "capabilities": [one for one in can if one in offered]}  # fmt: skip
    assert officer.browser.post(form, said).status_code == 302
    return Cover.objects.get()


def act(desk, cover):
    desk.client.force_login(desk.person)
    assert desk.client.post("/desk/cover/act", {"holding": str(cover.holding_id)}).status_code == 302


def test_a_colleague_works_at_three_desks_in_the_place_of_somebody_on_leave_until_the_day_is_over(leave, clock):
    town = leave
    colleague = AtDesk(town.people["clerk"])
    closed = {path for path in DESKS[1:] if colleague.browser.get(path).status_code == 403}
    assert closed == set(DESKS[1:]), "without the cover these desks are closed"
    cover = covering(town)
    act(colleague, cover)
    for path in DESKS:
        page = colleague.client.get(path)
        assert page.status_code == 200, path
        assert town.people["officer"].name in page.content.decode(), "whose place it is stands on every page"
    clock.to(cover.holding.ends_at - timedelta(seconds=1))
    act(colleague, cover)
    assert colleague.client.get("/desk/base").status_code == 200
    (entry, *_more) = LedgerEntry.objects.filter(basis__startswith="in_place_of:").order_by("-id")
    assert (entry.person_id, entry.basis) == (town.people["clerk"].pk, f"in_place_of:{town.people['officer'].pk}")
    clock.to(cover.holding.ends_at)
    assert {path: colleague.client.get(path).status_code for path in DESKS[1:]} == dict.fromkeys(DESKS[1:], 403)
    assert accounts.actor_for(town.people["officer"], on=kernel.now().date()).can("registry.see"), "the owner keeps it"
