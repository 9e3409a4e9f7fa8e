"""Pages by keyset show every row once, forward and backward, at one query each."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel import api as kernel
from linli.kernel.models import CodeEntry, CodeTable, JournalEntry, SetAside
from linli.kernel.queries.pages import CursorError

MORNING = datetime(2026, 11, 22, tzinfo=UTC)
ORDERS = [
    ("id",),
    ("-id",),
    ("label", "id"),
    ("-label", "id"),
    ("valid_from", "-id"),
    ("-valid_from", "id"),
    ("-valid_from", "label", "-id"),
]

pytestmark = pytest.mark.django_db


def make_rows(values):
    table = CodeTable.objects.create(code="t", label="t", standard="", version="", source="")
    CodeEntry.objects.bulk_create(
        CodeEntry(table=table, code=str(n), label=label, valid_from=day, position=n)
        for n, (label, day) in enumerate(values)
    )
    return CodeEntry.objects.all()


def walk(rows, order, size, among=()):
    """Go to the last page and back, and return both ways as lists of ids."""
    forward, page = [], kernel.keyset_page(rows, order=order, cursor=None, size=size, among=among)
    while True:
        forward.append([row.id for row in page.items])
        if not page.next_cursor:
            break
        page = kernel.keyset_page(rows, order=order, cursor=page.next_cursor, size=size, among=among)
    back = [forward[-1]]
    while page.previous_cursor:
        page = kernel.keyset_page(rows, order=order, cursor=page.previous_cursor, size=size, among=among)
        back.insert(0, [row.id for row in page.items])
    return forward, back


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(
        st.tuples(st.sampled_from("甲乙"), st.sampled_from([None, date(2026, 1, 1), date(2026, 1, 2)])), max_size=9
    ),
    order=st.sampled_from(ORDERS),
    size=st.integers(1, 4),
)
def test_pages_show_every_row_once_forward_and_backward(values, order, size):
    CodeTable.objects.all().delete()
    rows = make_rows(values)
    forward, back = walk(rows, order, size)
    assert [row for page in forward for row in page] == list(rows.order_by(*order).values_list("id", flat=True))
    assert list(chain(*back)) == list(chain(*forward))


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(
        st.tuples(st.sampled_from("甲乙丙"), st.sampled_from([None, date(2026, 1, 1), date(2026, 1, 2)])), max_size=9
    ),
    order=st.sampled_from(ORDERS),
    size=st.integers(1, 3),
)
def test_pages_among_parts_show_each_row_of_any_part_once(values, order, size):
    CodeTable.objects.all().delete()
    rows = make_rows(values)
    ways = [Q(label="甲"), Q(label__in="甲乙", valid_from=None), Q(label="丁")]
    parts = kernel.apart(rows, ways)
    forward, back = walk(rows, order, size, among=parts)
    whole = rows.filter(Q(label="甲") | Q(label="乙", valid_from=None)).order_by(*order)
    assert [kernel.count_among(parts, limit=n) for n in (2, 99)] == [min(2, whole.count()), whole.count()]
    assert [row for page in forward for row in page] == list(whole.values_list("id", flat=True))
    assert list(chain(*back)) == list(chain(*forward))


def walk_few(rows, size):
    """Go to the last page and back by the keys that are put in order where they are found."""
    parts, order = kernel.apart(rows, [Q(position__lt=2), Q(position__lt=9)]), ("label", "id")

    def page_at(cursor):
        keys = kernel.keys_of_few(parts, order=order, cursor=cursor, size=size, most=100)
        assert len(keys) <= size + 1
        return kernel.keyset_page(rows.filter(pk__in=keys), order=order, cursor=cursor, size=size)

    page, forward = page_at(None), []
    while page.next_cursor:
        forward.append(page.items)
        page = page_at(page.next_cursor)
    back = [page.items]
    while page.previous_cursor:
        page = page_at(page.previous_cursor)
        back.insert(0, page.items)
    return [*forward, back[-1]], back


def test_keys_of_few_give_the_pages_of_all_forward_and_backward():
    rows = make_rows([("甲乙丙"[n % 3], None) for n in range(7)])
    expected = [row.id for row in rows.order_by("label", "id")]
    for size in (1, 2, 3, 7):
        for pages in walk_few(rows, size):
            assert [row.id for page in pages for row in page] == expected


def test_keys_of_few_are_none_where_there_are_more(django_assert_num_queries):
    rows = make_rows([("甲", None)] * 3)
    with django_assert_num_queries(2):
        assert kernel.keys_of_few([rows], order=("label", "id"), cursor=None, size=1, most=2) is None
        assert len(kernel.keys_of_few([rows], order=("label", "id"), cursor=None, size=1, most=3)) == 2
    assert kernel.keys_of_few([rows.none()], order=("label", "id"), cursor=None, size=1, most=3) == []


def test_pages_keep_microseconds_and_uuids():
    entry = JournalEntry.objects.create(fact_id=kernel.uuid7(), kind="k", payload={}, told_at=MORNING)
    for n in range(3):
        SetAside.objects.create(
            receiver=str(n), entry=entry, error="", set_aside_at=MORNING + timedelta(microseconds=n)
        )
    forward, back = walk(SetAside.objects.all(), ("-set_aside_at", "-id"), 1)
    assert len(forward) == len(back) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_one_query(count, django_assert_num_queries):
    rows = make_rows([("甲", None)] * count)
    with django_assert_num_queries(1):
        kernel.keyset_page(rows, order=("label", "id"), cursor=None, size=2)


def test_page_of_dicts_and_related_fields():
    rows = make_rows([("甲", None)] * 3).values("id", "table__label")
    page = kernel.keyset_page(rows, order=("table__label", "id"), cursor=None, size=2)
    rest = kernel.keyset_page(rows, order=("table__label", "id"), cursor=page.next_cursor, size=2)
    assert (len(page.items), len(rest.items), rest.next_cursor) == (2, 1, None)


@pytest.mark.parametrize("cursor", ["garbage", "x:y:z", "W10:1:2", "\x00", "é" * 500])
def test_page_with_a_garbage_cursor_is_refused(cursor):
    with pytest.raises(CursorError) as error:
        kernel.keyset_page(make_rows([]), order=("id",), cursor=cursor, size=2)
    assert str(error.value)


def test_page_with_a_cursor_of_another_order_is_refused():
    rows = make_rows([("甲", None)] * 3)
    page = kernel.keyset_page(rows, order=("label", "id"), cursor=None, size=1)
    with pytest.raises(CursorError):
        kernel.keyset_page(rows, order=("-label", "id"), cursor=page.next_cursor, size=1)


def test_page_order_must_end_in_a_unique_field():
    with pytest.raises(TypeError, match="unique"):
        kernel.keyset_page(make_rows([]), order=("label",), cursor=None, size=1)
