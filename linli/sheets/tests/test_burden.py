"""The burden meter counts by issuing office and month; nobody who fills is in its figures, its queries or its files."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from linli.registry.tests.factories import make_wu, say
from linli.sheets.models import Answer, Column, Delivery, Form, Line, Part
from linli.sheets.queries.burden import figures
from linli.sheets.queries.issuing import sample_rules
from linli.sheets.rules.burden import FormFigures, by_month, by_office, months_within, period_of, together
from linli.sheets.tests.offices import NOW, TODAY, admitted, make_offices

RULES = sample_rules()
MONTH = date(2026, 11, 1)


@pytest.fixture
def place(db, keys_in_memory):
    return make_offices()


def brought(place, issuer="民政局", digest="a" * 64, *, at=NOW, due=None, columns=("person.phone",), listed=None):
    unit = place.units["community"]
    form = Form.objects.create(
        number=f"B-{Form.objects.count()}", title="台账", issuer=issuer, file_name="x.xlsx", layout="xlsx", unit=unit,
        digest=digest, division_id=unit.division_id, on=TODAY, made_at=at, due=due, admission=listed,
        made_by=place.people["clerk"],
    )  # fmt: skip
    part = Part.objects.create(form=form, place=0, grid=0, kind="persons", header_last=0, first=1, last=9)
    for index, element in enumerate(columns):
        Column.objects.create(part=part, index=index, path=[element], cell="A1", element=element)
    return form


def typed(place, form, entity, at):
    part = form.parts.get()
    line, _made = Line.objects.get_or_create(part=part, entity_id=entity, defaults={"place": 0})
    for column in part.columns.all():
        Answer.objects.create(line=line, column=column, value="1380000", by=place.people["clerk"], at=at)


def sent(place, form, *, cells=10, filled=8, by_hand=1, at=NOW):
    Delivery.objects.create(
        form=form, file="x", mark="m", rows=1, cells=cells, filled=filled, typed=by_hand,
        empty=cells - filled - by_hand, by=place.people["clerk"], at=at,
    )  # fmt: skip


def read(place, by="centre", first=MONTH, end=date(2026, 12, 1)):
    return figures(actor=place.actor(by), first=first, end=end, now=NOW)


@pytest.mark.django_db
def test_a_form_counts_once_however_many_units_bring_it(place):
    for _unit in range(3):
        sent(place, brought(place))
    (one,) = by_office(read(place), RULES)
    assert (one.office, one.forms, one.copies, one.cells, one.filled, one.typed) == ("民政局", 1, 3, 30, 24, 3)
    assert one.minutes == round(24 * RULES.seconds_per_cell / 60)
    assert one.share == 0.8


@pytest.mark.django_db
def test_only_the_last_delivery_counts(place):
    form = brought(place)
    sent(place, form, filled=1, at=NOW)
    sent(place, form, filled=9, by_hand=0, at=NOW + timedelta(hours=1))
    assert by_office(read(place), RULES)[0].filled == 9


@pytest.mark.django_db
def test_what_is_typed_again_counts_for_the_later_form(place):
    wu = make_wu(place.ground.grids["xuefu1"])
    first, second = brought(place, "卫生健康局", "b" * 64), brought(place, "民政局", "c" * 64)
    typed(place, first, wu, NOW)
    typed(place, second, wu, NOW + timedelta(minutes=1))
    typed(place, second, wu, NOW + timedelta(minutes=2))
    found = {one.office: one.again for one in by_office(read(place), RULES)}
    assert found == {"民政局": 1, "卫生健康局": 0}


@pytest.mark.slow
@pytest.mark.django_db
def test_what_one_visit_answers_for_two_forms_is_asked_once(place):
    wu = make_wu(place.ground.grids["xuefu1"])
    for issuer, digest in (("民政局", "b" * 64), ("卫生健康局", "c" * 64)):
        typed(place, brought(place, issuer, digest), wu, NOW)
    assert [one.again for one in by_office(read(place), RULES)] == [0, 0]


@pytest.mark.slow
@pytest.mark.django_db
def test_what_the_base_held_before_it_was_typed_is_counted(place):
    wu = make_wu(place.ground.grids["xuefu1"])
    late = say("police", "person", "P9", name="赵六", sex="1", at=NOW + timedelta(hours=2))
    form = brought(place, columns=("person.phone", "person.sex"))
    typed(place, form, wu, NOW + timedelta(hours=1))  # both known since NOW
    typed(place, form, late, NOW + timedelta(hours=1))  # the base learnt the sex an hour later
    assert by_office(read(place), RULES)[0].known == 2


@pytest.mark.django_db
def test_late_notice_is_counted_by_working_days(place):
    friday = date(2026, 11, 27)
    brought(place, due=friday, digest="1" * 64)  # 4 working days after Monday, 5 are the floor
    brought(place, due=friday + timedelta(days=3), digest="2" * 64)
    brought(place, digest="3" * 64)
    (one,) = by_office(read(place), RULES)
    assert (one.timed, one.late, one.notice) == (2, 1, 5)


@pytest.mark.django_db
def test_a_form_on_the_list_counts_for_its_office_however_it_was_named(place):
    row = admitted(place)
    brought(place, issuer="街道自己写的名字", digest="8" * 64, listed=row)
    brought(place, issuer="", digest="9" * 64)
    found = {one.office: one.off_list for one in by_office(read(place), RULES)}
    assert found == {"民政局": 0, "未写明下发单位": 1}


@pytest.mark.slow
@pytest.mark.django_db
def test_an_office_reads_its_own_lines_with_the_same_figures(place):
    wu = make_wu(place.ground.grids["xuefu1"])
    mine, other = brought(place, digest="1" * 64), brought(place, "卫生健康局", "2" * 64)
    typed(place, other, wu, NOW)
    typed(place, mine, wu, NOW + timedelta(minutes=1))
    of_all = {one.office: one for one in by_office(read(place), RULES)}
    (own,) = by_office(read(place, "civil"), RULES)
    assert own == of_all["民政局"]
    assert own.again == 1


@pytest.mark.slow
@pytest.mark.django_db
def test_no_query_asks_who_filled(place):
    form = brought(place)
    typed(place, form, make_wu(place.ground.grids["xuefu1"]), NOW)
    sent(place, form)
    with CaptureQueriesContext(connection) as seen:
        rows = read(place)
    asked = " ".join(query["sql"] for query in seen if "sheets_" in query["sql"])
    assert 'FROM "sheets_answer"' in asked
    assert not re.search(
        r'"sheets_(form|part|line|answer|delivery)"\."(by|made_by|handed_in_by|checked_by|answered_by|unit)_id"', asked
    )
    assert not {one for one in FormFigures.__slots__ if re.search(r"by|person|worker|unit", one)}
    assert str(place.people["clerk"].pk) not in repr(rows)


@pytest.mark.django_db
@pytest.mark.page
def test_the_page_and_its_files_name_no_worker(place, client):
    form = brought(place)
    typed(place, form, make_wu(place.ground.grids["xuefu1"]), NOW)
    sent(place, form)
    client.force_login(place.people["centre"])
    with time_machine.travel(NOW):
        texts = [client.get(path).content for path in ("/desk/forms/burden?period=2026", "/desk/forms/burden.csv")]
        assert client.get("/desk/forms/burden.xlsx").content[:2] == b"PK"
    for text in texts:
        assert "民政局" in text.decode("utf-8-sig")
        assert place.people["clerk"].name not in text.decode("utf-8-sig")
        assert "学府社区" not in text.decode("utf-8-sig"), "no community is ranked either"


figured = some.lists(
    some.builds(
        FormFigures, office=some.sampled_from(["甲", "乙"]), month=some.sampled_from([MONTH, date(2026, 10, 1)]),
        digest=some.sampled_from("abc"), is_delivered=some.booleans(), is_listed=some.booleans(),
        least=some.integers(1, 10), notice=some.none() | some.integers(0, 30), cells=some.integers(0, 99),
        filled=some.integers(0, 99), typed=some.integers(0, 99), again=some.integers(0, 9), known=some.integers(0, 9),
    ),
    max_size=9,
)  # fmt: skip


@given(figured)
def test_offices_and_months_add_up_to_the_whole(rows):
    whole = together("", rows, RULES)
    for parts in (by_office(rows, RULES), by_month(rows, [MONTH, date(2026, 10, 1)], RULES)):
        for name in ("copies", "cells", "filled", "typed", "again", "known", "late", "timed", "delivered"):
            assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    assert whole.late <= whole.timed <= whole.copies
    assert whole.off_list <= whole.forms <= whole.copies


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)), ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026-02", date(2026, 2, 1), date(2026, 3, 1)), ("", MONTH, date(2026, 12, 1)),
        ("2026-13", MONTH, date(2026, 12, 1)), ("9999", MONTH, date(2026, 12, 1)), ("2026-Q", MONTH, date(2026, 12, 1)),
        ("２０２６", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_a_period_is_a_year_a_quarter_or_a_month(text, first, end):
    assert period_of(text, TODAY) == (first, end)
    assert months_within(first, end)[0] == first


@given(some.text(max_size=12))
def test_any_text_for_a_period_is_a_period(text):
    first, end = period_of(text, TODAY)
    assert first < end
