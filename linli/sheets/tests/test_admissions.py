"""Admission: below the floor it is refused with the earliest day, another unit decides, the list ends by itself."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.registry.tests.factories import ledger, make_wu, say
from linli.sheets.actions import admit
from linli.sheets.actions.admission import design_of_file, draft_admission, redesign, withdraw_admission
from linli.sheets.actions.issuing import decide_rules
from linli.sheets.models import Admission, Column, Form, Part
from linli.sheets.queries.admissions import admissions_seen_by, public_line, public_list
from linli.sheets.queries.issuing import rules_at, working_day_after, working_days_between
from linli.sheets.queries.listed import admission_of
from linli.sheets.queries.meanings import code_tables, dictionary
from linli.sheets.queries.overlaps import report_on
from linli.sheets.rules import drawing, xlsforms
from linli.sheets.rules.designs import DesignColumn
from linli.sheets.rules.issuing import IssuingRules
from linli.sheets.rules.refusals import FormRefusedError, SheetRefusedError
from linli.sheets.rules.transforms import made
from linli.sheets.tests.offices import NOW, TODAY, admitted, applied, column, design, make_offices, terms
from linli.trust import api as trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db, keys_in_memory):
    return make_offices()


def decided(place, row, deed, by="centre", **more):
    act = {"admit": admit.admit_form, "shrink": admit.shrink_form, "refuse": admit.refuse_form, "stop": admit.stop_form}
    return act[deed](admission_id=row.pk, by=place.actor(by), now=NOW, **more)


@pytest.mark.slow
def test_below_the_floor_it_is_refused_and_the_earliest_day_is_named(place):
    least = rules_at(NOW).least_days["yearly"]
    earliest = working_day_after(TODAY, least)
    with pytest.raises(FormRefusedError, match=earliest.isoformat()):
        applied(place, days=least - 1)
    assert applied(place, days=least).state == "applied"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"basis": "无"}, "条款"), ({"levels": ()}, "谁"), ({"first_on": TODAY - timedelta(days=1)}, "今天"),
        ({"rows": 0}, "行"),
    ],
)  # fmt: skip
def test_terms_that_say_nothing_are_refused(place, wrong, words):
    with pytest.raises(FormRefusedError, match=words):
        applied(place, **wrong)


def test_another_unit_decides_and_the_form_has_a_number_and_an_end(place):
    row = applied(place)
    with pytest.raises(FormRefusedError, match="其他单位"):
        decided(place, row, "admit", by="chief")
    with pytest.raises(trust.NotAllowed):
        decided(place, row, "admit", by="civil")
    row = decided(place, row, "admit")
    assert (row.list_number, row.valid_from, row.valid_until) == ("Z-20261123-0001", TODAY, date(2026, 12, 31))
    with pytest.raises(FormRefusedError):
        decided(place, row, "admit")
    assert [one.step for one in row.steps.order_by("id")] == ["draft", "apply", "admit"]
    assert [one.action for one in ledger(object_kind="admission")] == [
        "sheets.admission.draft", "sheets.admission.apply", "sheets.admission.admit",
    ]  # fmt: skip


def test_the_base_itself_refuses_a_decision_by_the_own_unit(place):
    row = applied(place)
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.filter(pk=row.pk).update(decided_unit=place.units["mzj"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.filter(pk=row.pk).update(state="admitted")


def test_fewer_columns_are_offered_and_accepted(place):
    row = decided(place, applied(place), "shrink", keep=[0, 3], words="身份证号和电话库中已有")
    assert [one["path"] for one in row.columns] == [["姓名"], ["饮食习惯"]]
    assert not public_list(day=TODAY).exists(), "not on the list before the office accepts"
    row = admit.accept_fewer(admission_id=row.pk, by=place.actor("civil"), now=NOW)
    assert public_line(public_list(day=TODAY).get())["columns"] == ["姓名", "饮食习惯"]
    before = row.steps.get(step="apply").columns
    assert len(before) == 4, "what was asked for at first stays on record"


@pytest.mark.parametrize("keep", [[], [0, 1, 2, 3], [9]])
def test_shrinking_takes_some_and_leaves_some(place, keep):
    with pytest.raises(FormRefusedError):
        decided(place, applied(place), "shrink", keep=keep, words="x")


def test_a_refusal_says_why_and_with_what_to_merge(place):
    first, row = admitted(place, by="health"), applied(place)
    with pytest.raises(FormRefusedError):
        decided(place, row, "refuse", reason="merge", words="并入")
    with pytest.raises(FormRefusedError):
        decided(place, row, "refuse", reason="query", words=" ")
    row = decided(place, row, "refuse", reason="merge", words="并入卫健局的表", merge_with=first)
    assert (row.state, row.merge_with) == ("refused", first)


def test_a_one_off_expires_by_itself_and_a_yearly_one_with_the_year(place):
    once, yearly = admitted(place, frequency="once", days=5), admitted(place, by="health")
    assert once.valid_until == TODAY + timedelta(days=rules_at(NOW).once_days)
    last = NOW + timedelta(days=rules_at(NOW).once_days)
    assert admit.expire_forms(now=last) == 0, "the last day counts"
    assert admit.expire_forms(now=last + timedelta(days=1)) == 1
    assert admit.expire_forms(now=last + timedelta(days=1)) == 0
    once.refresh_from_db()
    assert once.state == "expired"
    assert [row.pk for row in public_list(day=yearly.valid_until)] == [yearly.pk]
    assert not public_list(day=yearly.valid_until + timedelta(days=1)).exists(), "over at midnight, marked or not"


def test_what_was_handed_in_is_not_changed(place):
    row = applied(place)
    with pytest.raises(FormRefusedError):
        redesign(admission_id=row.pk, design=design("别的表"), by=place.actor("civil"), now=NOW)
    withdraw_admission(admission_id=row.pk, by=place.actor("civil2"), now=NOW)
    with pytest.raises(FormRefusedError):
        decided(place, row, "admit")


def test_a_form_is_taken_off_the_list_by_another_unit(place):
    row = admitted(place)
    row = decided(place, row, "stop", reason="burden", words="年内已报过一次")
    assert row.state == "stopped"
    assert not public_list(day=TODAY).exists()


def test_drafts_are_of_the_own_unit_alone(place):
    draft = draft_admission(design=design(), by=place.actor("civil"), now=NOW)
    assert list(admissions_seen_by(place.actor("civil2"))) == [draft]
    for other in ("health", "centre"):
        assert not admissions_seen_by(place.actor(other)).exists()
    with pytest.raises(trust.NotAllowed):
        draft_admission(design=design(), by=place.actor("clerk"), now=NOW)


@pytest.mark.parametrize("columns", [(), ("姓名", "姓名"), tuple(f"第{n}项" for n in range(81))])
def test_a_form_without_sense_is_no_draft(place, columns):
    with pytest.raises(FormRefusedError):
        draft_admission(design=design(columns=columns), by=place.actor("civil"), now=NOW)


@pytest.mark.slow
def test_the_report_knows_the_base_and_the_list(place):
    make_wu(place.ground.grids["xuefu1"])
    say("police", "person", "P2", name="赵六", sex="1", area_code=place.ground.grids["xuefu2"].code)
    row = applied(place)
    shares = {line.column.header: round(line.share, 2) for line in report_on(row, now=NOW).lines}
    assert shares == {"姓名": 1.0, "公民身份号码": 0.5, "联系电话": 0.5, "饮食习惯": 0}
    admitted(place, by="health", of=design("老人饮食调查", ("person.name", column("person.phone", "手机"), "饮食习惯")))
    found = report_on(row, now=NOW)
    assert found.advice == "merge"
    assert found.similar[0].pairs == (("联系电话", "手机"),)


def test_what_the_base_holds_of_everybody_is_answered_by_a_query(place):
    make_wu(place.ground.grids["xuefu1"])
    row = applied(place, of=design(columns=("person.name", "person.citizen_id", "person.phone")))
    found = report_on(row, now=NOW)
    assert (found.advice, [line.owner for line in found.lines]) == ("query", ["公安", "公安", "社区"])


def test_rules_are_decided_in_versions_and_hold_from_then_on(place):
    held = rules_at(NOW)
    least = {**held.least_days, "yearly": 20}
    changed = IssuingRules(**{**held.as_data(), "least_days": least})
    with pytest.raises(trust.NotAllowed):
        decide_rules(rules=changed, words="多留时间", by=place.actor("civil"), now=NOW)
    decide_rules(rules=changed, words="多留时间", by=place.actor("centre"), now=NOW)
    assert rules_at(NOW).least_days["yearly"] == 20
    assert rules_at(NOW - timedelta(seconds=1)) == held, "what held before is still known"
    with pytest.raises(FormRefusedError):
        applied(place)
    for wrong in ({"answer_share": 10}, {"similar_share": 90}, {"least_days": {"once": 5}}):
        with pytest.raises(FormRefusedError):
            decide_rules(
                rules=IssuingRules(**{**held.as_data(), **wrong}), words="x", by=place.actor("centre"), now=NOW
            )


@pytest.mark.parametrize(
    ("first", "days", "expected"),
    [(date(2026, 11, 27), 1, date(2026, 11, 30)), (date(2026, 11, 23), 0, date(2026, 11, 23))],
)
def test_days_to_answer_are_working_days(place, first, days, expected):
    assert working_day_after(first, days) == expected
    assert working_days_between(first, expected) == days


def brought(place, columns, title="高龄老人台账", digest="d" * 64):
    unit = place.units["community"]
    form = Form.objects.create(
        number=f"B-{Form.objects.count()}", title=title, file_name="x.xlsx", layout="xlsx", digest=digest, unit=unit,
        division_id=unit.division_id, on=TODAY, made_at=NOW,
    )  # fmt: skip
    part = Part.objects.create(form=form, place=0, grid=0, kind="persons", header_last=2, first=3, last=9)
    for index, one in enumerate(design(columns=columns).columns):
        Column.objects.create(part=part, index=index, cell="A1", **one.as_data())
    return form


def test_a_form_that_was_brought_is_found_on_the_list(place):
    asks = ("person.name", "person.citizen_id", "person.phone", "饮食习惯")
    form = brought(place, asks)
    assert admission_of(form, now=NOW) is None
    row = admitted(place)
    found = admission_of(form, now=NOW)
    assert (found.admission, found.by, found.more, found.is_over) == (row, "title", (), False)
    assert admission_of(brought(place, asks, "改了名字的表"), now=NOW).by == "columns"
    more = admission_of(brought(place, (*asks, "存款余额")), now=NOW)
    assert (more.by, more.more) == ("title", ("存款余额",))
    assert admission_of(brought(place, ("存款余额",)), now=NOW) is None, "the title alone is not enough"
    assert admission_of(form, now=NOW + timedelta(days=90)).is_over


def test_a_form_is_known_by_its_very_file(place):
    row = admitted(place, content=b"the file as it was applied with")
    assert admission_of(brought(place, ("存款余额",), "别的", row.digest), now=NOW).by == "file"


def test_the_list_says_nobodys_name(place):
    row = admitted(place)
    assert row.made_by.name not in str(public_line(row))
    assert set(public_line(row)) == {
        "number", "title", "office", "area", "basis", "levels", "frequency", "days", "valid_from", "valid_until",
        "columns",
    }  # fmt: skip
    assert terms().basis == public_line(row)["basis"]


WHOLE = (
    DesignColumn(("序号",), "", made("row_number")), "person.name", "person.citizen_id",
    DesignColumn(("基本情况", "性别"), "person.sex", made("code", write="label")),
    DesignColumn(("基本情况", "出生日期"), "person.birth_date", made("date", layout="%Y-%m-%d")),
    "person.phone", "饮食习惯",
)  # fmt: skip


def test_a_drawn_form_is_read_again_as_it_was_drawn(place):
    drawn = design(columns=WHOLE)
    found = design_of_file(drawing.workbook_of(drawn, dictionary(), code_tables()), "台账.xlsx")
    assert (found.title, found.kind) == (drawn.title, drawn.kind)
    assert [one.path for one in found.columns] == [one.path for one in drawn.columns]
    assert [one.element for one in found.columns] == [one.element for one in drawn.columns]


def test_an_xlsform_is_read_again_as_it_went_out(place):
    drawn = design(columns=WHOLE)
    content = xlsforms.workbook_of(drawn, dictionary(), code_tables(), version="1")
    found = design_of_file(content, "表.xlsx")
    assert (found.title, found.kind, found.columns) == (drawn.title, drawn.kind, drawn.columns[1:])


def test_a_file_that_is_no_form_is_no_application(place):
    for content, name in ((b"", "a.xlsx"), (b"%PDF-1.4", "a.pdf"), ("没有表格的一句话".encode(), "a.txt")):
        with pytest.raises(SheetRefusedError):
            design_of_file(content, name)
