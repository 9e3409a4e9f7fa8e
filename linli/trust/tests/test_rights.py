"""The one predicate, against a plain model of what it means: units below the holding's unit, and a person's own."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.accounts.tests import factories as accounts_factories
from linli.trust import api as trust
from linli.trust import slots
from linli.trust.tests.factories import a_holding, a_tree, an_actor

pytestmark = pytest.mark.django_db
Unit = accounts_factories.Unit
READ, CHANGE, OTHER = "test.read", "test.change", "test.other"


@pytest.fixture
def tree(row_filters):
    units = a_tree()
    above = Unit.objects.filter(pk=OuterRef("parent_id"))

    def under(held):
        return Q(pk=held.unit_id) | Q(parent_id=held.unit_id) | Exists(above.filter(parent_id=held.unit_id))

    row_filters(slots.RowFilter(Unit, READ, where=under, where_person=own))
    row_filters(slots.RowFilter(Unit, CHANGE, where=lambda held: Q(pk=held.unit_id)))
    return units


@pytest.fixture
def pages(settings, monkeypatch):
    """Serve the pages below to an actor."""
    settings.ROOT_URLCONF = __name__
    settings.LOGIN_URL = "/sign-in"
    settings.MIDDLEWARE = []
    return lambda actor: monkeypatch.setattr(accounts, "actor_of", lambda _request: actor)


def own(actor):
    return Q(phone=str(actor.person_id))


def rows_of(tree):
    return type(tree[0]).objects.filter(pk__in=[unit.pk for unit in tree])


def reached_by_hand(units, holdings, capability):
    parents = {unit.pk: unit.parent_id for unit in units}

    def reaches(held, pk):
        while pk is not None:
            if held.unit_id == pk:
                return True
            pk = parents[pk] if capability == READ else None
        return False

    held_with = [held for held in holdings if capability in held.capabilities]
    return {unit.pk for unit in units if any(reaches(held, unit.pk) for held in held_with)}


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    chosen=st.lists(st.tuples(st.integers(0, 6), st.sets(st.sampled_from([READ, CHANGE, OTHER]))), max_size=4),
    capability=st.sampled_from([READ, CHANGE, OTHER]),
)
def test_visible_is_the_union_over_the_holdings_with_the_capability(tree, chosen, capability):
    holdings = [a_holding(*held, unit_id=tree[index].pk) for index, held in chosen]
    actor = an_actor(*holdings)
    rows = rows_of(tree)
    expected = set() if capability == OTHER else reached_by_hand(tree, holdings, capability)
    found = list(trust.visible(actor, capability, rows).values_list("pk", flat=True))
    assert sorted(found) == sorted(expected)
    assert {unit.pk for unit in tree if trust.may(actor, capability, unit)} == expected
    assert trust.visible(actor, capability, rows).count() == len(expected)
    parts = trust.visible_parts(actor, capability, rows)
    assert sorted(pk for part in parts for pk in part.values_list("pk", flat=True)) == sorted(expected)


def test_visible_keeps_what_the_rows_were_filtered_by(tree):
    actor = an_actor(a_holding(READ, unit_id=tree[0].pk))
    rows = rows_of(tree).filter(name="south")
    assert [unit.name for unit in trust.visible(actor, READ, rows)] == ["south"]


def test_visible_is_everything_for_the_node_itself_and_nothing_for_guests(tree):
    rows = rows_of(tree)
    assert trust.visible(accounts.SYSTEM, OTHER, rows).count() == 7
    assert [part.count() for part in trust.visible_parts(accounts.SYSTEM, OTHER, rows)] == [7]
    assert trust.visible(accounts.GUEST, READ, rows).count() == 0
    assert trust.may(accounts.SYSTEM, OTHER, tree[0])
    assert not trust.may(accounts.GUEST, READ, tree[0])


def test_visible_opens_a_persons_own_rows_without_a_holding(tree):
    resident = an_actor(kind="resident")
    tree[3].phone = str(resident.person_id)
    tree[3].save()
    assert [unit.pk for unit in trust.visible(resident, READ, rows_of(tree))] == [tree[3].pk]
    assert not trust.may(resident, READ, tree[4])
    assert not trust.may(resident, CHANGE, tree[3])


def test_visible_takes_an_empty_condition_for_everything_and_none_for_nothing(tree, row_filters):
    row_filters(slots.RowFilter(Unit, "test.all", where=lambda held: Q() if held.unit_id == tree[0].pk else None))
    everywhere, nowhere = a_holding("test.all", unit_id=tree[0].pk), a_holding("test.all", unit_id=tree[1].pk)
    for holdings, count in (([nowhere], 0), ([everywhere], 7), ([nowhere, everywhere], 7), ([everywhere, nowhere], 7)):
        assert trust.visible(an_actor(*holdings), "test.all", rows_of(tree)).count() == count


def test_may_asks_one_query_or_none(tree, django_assert_num_queries):
    actor = an_actor(a_holding(READ, unit_id=tree[0].pk))
    with django_assert_num_queries(1):
        assert trust.may(actor, READ, tree[5])
    with django_assert_num_queries(0):
        assert not trust.may(actor, CHANGE, tree[5])
        assert trust.may(actor, READ)
        assert not trust.may(actor, CHANGE)


def test_filter_is_registered_once(tree):
    with pytest.raises(ValueError, match="already"):
        slots.row_filters.register(slots.RowFilter(type(tree[0]), READ, where=lambda _: Q()))


def test_require_hides_rows_the_actor_may_not_know_of(tree):
    reader = an_actor(a_holding(READ, unit_id=tree[1].pk))
    trust.require(reader, READ, tree[1])
    with pytest.raises(trust.NotAllowed) as refused:
        trust.require(reader, CHANGE, tree[1])
    assert isinstance(refused.value, PermissionDenied)
    assert not isinstance(refused.value, Http404)
    with pytest.raises(trust.Hidden) as hidden:
        trust.require(reader, CHANGE, tree[4])
    assert isinstance(hidden.value, Http404)
    with pytest.raises(trust.NotAllowed):
        trust.require(reader, CHANGE)


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        (accounts.GUEST, 302),
        (an_actor(), 403),
        (an_actor(a_holding(OTHER)), 403),
        (an_actor(a_holding(READ)), 200),
    ],
)
def test_needs_guards_a_page(client, pages, actor, status):
    pages(actor)
    assert client.get("/page").status_code == status


@pytest.mark.parametrize(("index", "status"), [(1, 200), (4, 404)])
def test_refusal_of_a_row_is_answered_as_if_it_were_not_there(client, pages, tree, index, status):
    pages(an_actor(a_holding(READ, unit_id=tree[1].pk)))
    assert client.get(f"/unit/{tree[index].pk}").status_code == status
    assert client.get("/unit/0").status_code == 404


@trust.needs(READ)
def page(request):
    return HttpResponse("ok")


def unit_page(request, pk):
    unit = get_object_or_404(Unit, pk=pk)
    trust.require(accounts.actor_of(request), READ, unit)
    return HttpResponse("ok")


urlpatterns = [path("page", page), path("unit/<int:pk>", unit_page)]
