"""Queries whose SQL is made once give what the same queryset gives each time."""

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, IntegerField, Q

from linli.kernel import api as kernel
from linli.kernel.models import CodeEntry, CodeTable


@pytest.fixture
def tables(db):
    made = [CodeTable.objects.create(code=f"t{n}", label=f"表{n}") for n in (1, 2)]
    for table in made:
        for n in range(3):
            CodeEntry.objects.create(table=table, code=str(n), label=f"{table.label}之{n}", position=n)
    return made


def test_the_same_query_is_asked_with_other_values(tables, django_assert_num_queries):
    by_table = kernel.Compiled(
        lambda: CodeEntry.objects.filter(table__code=kernel.given("code", CharField())).order_by("position")
    )
    for table in tables:
        with django_assert_num_queries(1):
            found = by_table.rows(code=table.code)
        assert found == list(CodeEntry.objects.filter(table=table).order_by("position"))
        assert [one.label for one in found] == [f"{table.label}之{n}" for n in range(3)]


def test_what_is_fetched_along_and_what_is_left_out_stays_so(tables, django_assert_num_queries):
    query = kernel.Compiled(lambda: CodeEntry.objects.select_related("table").defer("label").order_by("id"))
    with django_assert_num_queries(1):
        found = query.rows()
        assert {one.table.label for one in found} == {"表1", "表2"}
    assert found[0].get_deferred_fields() == {"label"}
    with django_assert_num_queries(1):
        assert found[0].label == "表1之0"


def test_any_number_of_values_is_one_parameter(tables):
    these = kernel.IsAnyOf(F("position"), kernel.given("positions", ArrayField(IntegerField())))
    query = kernel.Compiled(lambda: CodeEntry.objects.filter(these, table__code="t1"))
    for positions in ([], [1], [0, 2, 7]):
        assert {one.position for one in query.rows(positions=positions)} == set(positions) & {0, 1, 2}


def test_a_query_that_no_row_can_fit_is_not_asked(tables, django_assert_num_queries):
    query = kernel.Compiled(lambda: CodeEntry.objects.filter(Q(pk__in=[])))
    with django_assert_num_queries(0):
        assert query.rows() == []


def test_a_value_that_was_not_named_is_missed(tables):
    query = kernel.Compiled(lambda: CodeEntry.objects.filter(code=kernel.given("code", CharField())))
    with pytest.raises(KeyError):
        query.rows(position=1)
