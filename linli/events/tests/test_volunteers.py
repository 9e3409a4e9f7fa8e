"""Volunteer checkers are appointed by the telephone of a resident who signed in, pause, go on and end with a reason."""

from datetime import date, timedelta

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.actions.appoint import AppointedAlreadyError, NobodyKnownError, NotNowError, TermError
from linli.events.models import Volunteer, VolunteerCheck
from linli.trust import api as trust
from tests.town import MONDAY, TENANT_PHONE, report

TODAY = date(2026, 11, 16)


@pytest.fixture
def post(town):
    return accounts.save_post(
        code="volunteer", name="志愿核查员", capabilities=["events.volunteer"], by=accounts.SYSTEM, now=MONDAY
    )


def appoint(town, *, phone=TENANT_PHONE, unit="xuefu", who="manager", now=MONDAY, **more):
    return events.appoint_volunteer(phone=phone, unit_id=town.units[unit].id, by=town.actor(who), now=now, **more)


def may_check(town, now=MONDAY):
    return accounts.actor_for(town.people["tenant"], on=now.date()).can("events.volunteer")


def test_a_resident_who_signed_in_becomes_a_volunteer_and_only_a_mask_is_kept(town, post):
    made = appoint(town)
    assert made.shown == "139****2222"
    assert made.division == town.divisions["xuefu"]
    assert may_check(town)
    assert TENANT_PHONE not in str(Volunteer.objects.values().get())


def test_nobody_is_made_a_volunteer_who_has_not_come_in(town, post):
    with pytest.raises(NobodyKnownError):
        appoint(town, phone="13500005555")
    with pytest.raises(accounts.BadPhoneError):
        appoint(town, phone="12")
    assert not Volunteer.objects.exists()


def test_without_a_post_for_residents_there_is_a_sentence(town):
    with pytest.raises(accounts.NoResidentPostError) as refused:
        appoint(town)
    assert str(refused.value)


@pytest.mark.slow
def test_the_term_must_fit_and_one_is_enough(town, post):
    with pytest.raises(TermError):
        appoint(town, valid_from=TODAY, valid_to=TODAY - timedelta(days=1))
    appoint(town, valid_to=TODAY)
    with pytest.raises(AppointedAlreadyError):
        appoint(town)
    later = MONDAY + timedelta(days=2)
    assert not may_check(town, later)
    appoint(town, now=later)
    assert set(Volunteer.objects.values_list("ended_because", flat=True)) == {"over", ""}
    assert may_check(town, later)


@pytest.mark.slow
def test_who_is_paused_sees_nothing_until_they_go_on(town, post):
    made, manager = appoint(town), town.actor("manager")
    events.pause_volunteer(volunteer_id=made.id, by=manager, now=MONDAY)
    assert not may_check(town)
    with pytest.raises(NotNowError):
        events.pause_volunteer(volunteer_id=made.id, by=manager, now=MONDAY)
    events.resume_volunteer(volunteer_id=made.id, by=manager, now=MONDAY)
    assert may_check(town)
    assert accounts.holdings_on(TODAY).filter(person=town.people["tenant"]).count() == 1
    with pytest.raises(NotNowError):
        events.resume_volunteer(volunteer_id=made.id, by=manager, now=MONDAY)


@pytest.mark.slow
def test_an_appointment_ends_with_a_reason_and_only_once(town, post):
    made, manager = appoint(town), town.actor("manager")
    ended = events.end_volunteer(volunteer_id=made.id, by=manager, now=MONDAY, because="moved", words="搬到外县")
    assert (ended.ended_because, may_check(town)) == ("moved", False)
    with pytest.raises(NotNowError):
        events.end_volunteer(volunteer_id=made.id, by=manager, now=MONDAY, because="wish")
    with pytest.raises(ValueError, match="why"):
        events.end_volunteer(volunteer_id=appoint(town).id, by=manager, now=MONDAY, because="why")


def test_only_who_manages_the_area_may(town, post):
    with pytest.raises(accounts.NotAllowedError):
        appoint(town, who="officer")
    with pytest.raises(accounts.NotAllowedError):
        appoint(town, unit="elsewhere")
    made = appoint(town)
    with pytest.raises(trust.Hidden):
        events.end_volunteer(volunteer_id=made.id, by=town.actor("officer"), now=MONDAY, because="wish")
    assert list(events.volunteers_seen_by(town.actor("officer"))) == []


def test_checks_are_counted_for_each(town, post):
    made = appoint(town)
    event = report(town)
    VolunteerCheck.objects.create(
        event_id=event.event_id, asked_at=MONDAY, checked_at=MONDAY, solved=True, by=town.people["tenant"]
    )
    (row,) = events.volunteers_seen_by(town.actor("manager"))
    assert (row.id, row.checks) == (made.id, 1)


def test_the_page_appoints_pauses_and_ends(client, town, post, monday):
    client.force_login(town.people["manager"])
    assert "还没有" in client.get("/desk/volunteers").content.decode()
    said = {"phone": TENANT_PHONE, "unit_id": town.units["nanyuan"].id, "valid_from": "2026-11-16"}
    page = client.post("/desk/volunteers", said, follow=True).content.decode()
    assert "139****2222" in page
    assert TENANT_PHONE not in page
    again = client.post("/desk/volunteers", said)
    assert again.status_code == 422
    here = f"/desk/volunteers/{Volunteer.objects.get().id}"
    client.post(f"{here}/pause")
    assert Volunteer.objects.get().paused_at
    client.post(f"{here}/resume")
    client.post(f"{here}/end", {"because": "nonsense"})
    assert Volunteer.objects.get().ended_at is None
    client.post(f"{here}/end", {"because": "wish"})
    assert Volunteer.objects.get().ended_at
    client.force_login(town.people["officer"])
    assert client.get("/desk/volunteers").status_code == 403
