"""Leave cover at its pages: set, acted in, taken back; a session in a covered post holds that post alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.accounts import api as accounts
from linli.accounts.models import Cover
from linli.accounts.tests.factories import NOW, lend, make_holding, make_person, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(town, time_machine_at):
    """Two clerks of a street with different posts, and their lead."""
    unit = town.units["street"]
    clerk, other = make_post("clerk", ["accounts.messages"]), make_post("other", ["accounts.roster"])
    people = {name: make_person(name, name) for name in ("wang", "li", "zhao")}
    held = {
        "wang": make_holding(people["wang"], unit, clerk),
        "li": make_holding(people["li"], unit, make_post("third", [])),
        "zhao": make_holding(people["zhao"], unit, other),
    }
    return people, held


def page(client, person, path, status=200):
    client.force_login(person)
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def said(**more):
    today = timezone.localdate(NOW)
    return {
        "why": "leave", "first": today.isoformat(), "last": (today + timedelta(days=3)).isoformat(),
        "capabilities": ["accounts.messages"], **more,
    }  # fmt: skip


def test_a_clerk_lets_a_colleague_cover_who_acts_in_their_place_and_goes_back(office, client, time_machine_at):
    people, held = office
    form = f"/desk/cover/{held['wang'].pk}"
    page(client, people["wang"], form)
    refused = client.post(form, said(to=people["li"].pk, last="2027-11-23"))
    assert refused.status_code == 422
    assert "30" in refused.content.decode()
    today = timezone.localdate(NOW).isoformat()
    assert client.post(form, said(to=people["li"].pk, last=today, at="12:10")).status_code == 302
    cover = Cover.objects.get()
    assert "li" in page(client, people["wang"], "/desk/cover")
    page(client, people["li"], "/console/messages", status=403)
    assert "代其办理" in page(client, people["li"], "/desk/cover")
    assert client.post("/desk/cover/act", {"holding": str(cover.holding_id)}).status_code == 302
    shown = client.get("/console/messages")
    assert shown.status_code == 200
    assert "您正在代wang" in shown.content.decode()
    assert client.get(f"/desk/cover/{held['li'].pk}").status_code == 404, "in place of somebody nothing is lent"
    client.post("/desk/cover/act", {"holding": ""})
    assert client.get("/console/messages").status_code == 403
    client.post("/desk/cover/act", {"holding": str(cover.holding_id)})
    time_machine_at(cover.holding.ends_at)
    assert client.get("/console/messages").status_code == 403, "the moment it ends, in the open session"


def test_what_is_taken_back_is_dead_at_the_next_click(office, client):
    people, held = office
    cover = lend(held["wang"], people["li"], by=accounts.actor_for(people["wang"], on=NOW.date(), at=NOW))
    client.force_login(people["li"])
    client.post("/desk/cover/act", {"holding": str(cover.holding_id)})
    assert client.get("/console/messages").status_code == 200
    other = type(client)()
    other.force_login(people["wang"])
    assert other.post(f"/desk/cover/{cover.pk}/end").status_code == 302
    assert client.get("/console/messages").status_code == 403


def test_the_lead_sets_it_and_strangers_reach_none_of_it(office, client, town):
    people, held = office
    listed = page(client, people["zhao"], "/console/cover")
    assert "wang" in listed
    assert client.post(f"/desk/cover/{held['wang'].pk}", said(to=people["li"].pk, why="illness")).status_code == 302
    cover = Cover.objects.get()
    assert "li代wang" in page(client, people["zhao"], "/console/cover")
    stranger = make_person("stranger")
    make_holding(stranger, town.units["centre"], make_post("roster", ["accounts.roster"]))
    assert "wang" not in page(client, stranger, "/console/cover")
    page(client, stranger, f"/desk/cover/{held['wang'].pk}", status=404)
    assert client.post(f"/desk/cover/{cover.pk}/end").status_code == 404
    assert client.post("/desk/cover/act", {"holding": str(cover.holding_id)}).status_code == 404
    assert client.post("/desk/cover/act", {"holding": "no id"}).status_code == 404
    page(client, stranger, "/console/cover/limits", status=403)


def test_who_gives_rights_sets_the_limits_as_a_new_version(office, client, town):
    guardian = make_person("guardian")
    make_holding(guardian, town.units["centre"], make_post("guardian", ["accounts.grant"]))
    page(client, guardian, "/console/cover/limits")
    assert client.post("/console/cover/limits", {"longest_days": 500, "ahead_days": 1}).status_code == 422
    assert client.post("/console/cover/limits", {"longest_days": 14, "ahead_days": 20}).status_code == 302
    assert accounts.cover_limits() == accounts.CoverLimits(14, 20)
    assert "版：最长14天，提前20天" in page(client, guardian, "/console/cover/limits")


def test_the_pages_cost_the_same_for_one_cover_and_for_three(office, client, django_assert_num_queries, town):
    people, held = office
    by = accounts.actor_for(people["wang"], on=NOW.date(), at=NOW)
    others = [make_person(f"more{n}") for n in range(3)]
    for one in others:
        make_holding(one, town.units["street"], make_post("third", []))
    for n in (1, 3):
        while Cover.objects.count() < n:
            lend(held["wang"], others[Cover.objects.count()], by=by)
        client.force_login(people["wang"])
        client.get("/desk/cover")
        with django_assert_num_queries(QUERIES):
            client.get("/desk/cover")


QUERIES = 8
