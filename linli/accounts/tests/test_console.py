"""The console: people, units and posts of the administrator's area, and nobody else's."""

import re
from uuid import uuid4

import pytest

from linli.accounts import api as accounts
from linli.accounts.models import ApiToken, Holding, Person, Post, Unit
from linli.accounts.queries.desks import desks_of
from linli.accounts.tests import factories
from linli.accounts.views.console import hub

PEOPLE = "/console/accounts/"


@pytest.fixture
def admin(town, time_machine_at):
    person = factories.make_person("admin", "管理员")
    factories.make_holding(person, town.units["centre"])
    return person


@pytest.fixture
def local_admin(town, admin):
    person = factories.make_person("local", "街道管理员")
    factories.make_holding(person, town.units["street"])
    return person


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


def text(response):
    return response.content.decode()


def test_guests_are_sent_to_sign_in_and_others_refused(client, town, time_machine_at):
    assert client.get(PEOPLE)["Location"].startswith("/accounts/login/")
    client.force_login(factories.make_person())
    assert client.get(PEOPLE).status_code == 403
    client.force_login(accounts.resident_by_phone(phone="13800000000", now=factories.NOW))
    assert client.get(PEOPLE).status_code == 403


def test_the_console_lists_what_one_manages_and_opens_the_only_page_at_once(desk, client, monkeypatch):
    assert PEOPLE in text(desk.get("/console/"))
    monkeypatch.setattr(hub, "desks_of", lambda actor: [one for one in desks_of(actor) if one.code == "people"])
    assert desk.get("/console/")["Location"] == PEOPLE
    client.force_login(factories.make_person())
    assert client.get("/console/").status_code == 403


@pytest.mark.parametrize("path", ["", "people/new", "units", "units/new", "posts", "posts/administrator"])
def test_pages_open(path, desk):
    assert desk.get(PEOPLE + path).status_code == 200


def test_people_list_finds_by_name_and_costs_the_same_with_more(desk, town, django_assert_num_queries):
    factories.make_person("li", "李二")
    desk.get(PEOPLE)
    with django_assert_num_queries(5):
        assert "李二" in text(desk.get(PEOPLE))
    for number in range(3):
        factories.make_person(f"more{number}", f"某{number}")
    with django_assert_num_queries(5):
        desk.get(PEOPLE)
    found = text(desk.get(PEOPLE, {"q": "李"}))
    assert "李二" in found
    assert "某1" not in found


def test_bad_cursor_leads_to_the_first_page(desk):
    assert desk.get(PEOPLE, {"cursor": "forged"}).status_code == 302


def test_new_person_gets_a_first_password_shown_once_that_must_be_changed(desk, client, town):
    response = desk.post(PEOPLE + "people/new", {"username": "sun", "name": "孙六"}, follow=True)
    password = re.search(r"[：:] ?([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})\b", text(response))[1]
    person = Person.objects.get(username="sun")
    assert person.check_password(password)
    assert person.must_change_password
    assert password not in text(desk.get(response.redirect_chain[-1][0]))


@pytest.mark.parametrize("values", [{"username": "Bad Name", "name": "孙"}, {"username": "admin", "name": "孙"}, {}])
def test_new_person_refused_keeps_what_was_typed(values, desk):
    response = desk.post(PEOPLE + "people/new", values)
    assert response.status_code == 422
    assert values.get("username", "") in text(response)
    assert Person.objects.count() == 1


def test_person_is_disabled_enabled_and_given_a_password(desk, town):
    person = factories.make_person("li", "李二")
    page = f"{PEOPLE}people/{person.pk}"
    desk.post(page + "/disable")
    person.refresh_from_db()
    assert not person.is_active
    assert desk.get(page).status_code == 200
    desk.post(page + "/enable")
    desk.post(page + "/password")
    person.refresh_from_db()
    assert person.is_active
    assert person.must_change_password


def test_holding_is_given_and_ended(desk, town):
    person = factories.make_person("li", "李二")
    assert 'value="2026-11-23"' in text(desk.get(f"{PEOPLE}people/{person.pk}"))
    values = {"post": Post.objects.get().pk, "unit": town.units["street"].pk, "valid_from": "2026-11-01"}
    path = f"{PEOPLE}people/{person.pk}/posts"
    assert desk.post(path, {**values, "valid_to": "2026-10-01"}).status_code == 422
    assert desk.post(path, values).status_code == 302
    assert desk.post(path, values).status_code == 422
    held = Holding.objects.get(person=person)
    assert held.division_id == town.street.pk
    desk.post(f"{PEOPLE}holdings/{held.pk}/end")
    assert factories.actor(person).holdings == ()


def test_key_is_shown_once_and_revoked(desk, town):
    person = factories.make_person("li", "李二")
    held = factories.make_holding(person, town.units["street"])
    response = desk.post(f"{PEOPLE}holdings/{held.pk}/keys", {"name": "热线"}, follow=True)
    raw = re.search(r"linli_[\w-]{43}", text(response))[0]
    assert accounts.actor_by_token(raw, now=factories.NOW)
    assert raw not in text(desk.get(f"{PEOPLE}people/{person.pk}"))
    desk.post(f"{PEOPLE}keys/{ApiToken.objects.get().pk}/revoke")
    assert accounts.actor_by_token(raw, now=factories.NOW) is None


def test_unit_is_opened_and_closed(desk, town):
    values = {"code": "team-1", "name": "市政队", "kind": "team", "parent": town.units["street"].pk}
    assert desk.post(PEOPLE + "units/new", values).status_code == 302
    assert desk.post(PEOPLE + "units/new", values).status_code == 422
    assert accounts.unit_by_code("team-1").division_id == town.street.pk
    desk.post(PEOPLE + "units/team-1/close")
    assert accounts.unit_by_code("team-1").is_open is False
    assert desk.post(PEOPLE + "units/team-1/close").status_code == 404


def test_post_is_changed_and_keeps_codes_of_domains_not_installed(desk):
    factories.make_post("clerk", ["balloons.launch"])
    values = {"name": "办事员", "capabilities": ["balloons.launch", "accounts.manage"]}
    assert desk.post(PEOPLE + "posts/clerk", values).status_code == 302
    assert set(Post.objects.get(code="clerk").capabilities) == set(values["capabilities"])
    assert desk.post(PEOPLE + "posts/clerk", {"name": "x", "capabilities": ["accounts.fly"]}).status_code == 422


def test_local_administrator_sees_and_touches_only_the_own_area(client, local_admin, admin, town):
    stranger = factories.make_person("stranger", "外街道的人")
    north = factories.make_unit("north", "北关街道办事处", "street", town.other_street)
    held = factories.make_holding(stranger, north)
    token = accounts.issue_token(holding=held, name="x", by=accounts.SYSTEM, now=factories.NOW).token
    client.force_login(local_admin)
    people = text(client.get(PEOPLE))
    assert "街道管理员" in people
    assert "外街道的人" not in people
    assert "admin" not in re.findall(r"<td>(\w+)</td>", people)
    assert "北关" not in text(client.get(PEOPLE + "units"))
    assert client.get(f"{PEOPLE}people/{stranger.pk}").status_code == 404
    assert client.post(f"{PEOPLE}people/{stranger.pk}/disable").status_code == 404
    assert client.post(f"{PEOPLE}holdings/{held.pk}/end").status_code == 404
    assert client.post(f"{PEOPLE}keys/{token.pk}/revoke").status_code == 404
    assert client.post(f"{PEOPLE}units/north/close").status_code == 404
    assert Unit.objects.get(code="north").closed_at is None
    assert factories.actor(stranger).holdings


def test_local_administrator_cannot_change_posts_that_count_everywhere(client, local_admin):
    client.force_login(local_admin)
    response = client.post(PEOPLE + "posts/administrator", {"name": "x", "capabilities": ["accounts.manage"]})
    assert response.status_code == 422
    assert Post.objects.get(code="administrator").name == "administrator"


def test_unknown_ids_are_not_there(desk):
    assert desk.get(f"{PEOPLE}people/{uuid4()}").status_code == 404
    assert desk.post(f"{PEOPLE}holdings/{uuid4()}/end").status_code == 404
    assert desk.post(f"{PEOPLE}keys/{uuid4()}/revoke").status_code == 404
    assert desk.get(PEOPLE + "posts/nothing").status_code == 404
