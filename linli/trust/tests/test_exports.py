"""Files with people in them leave marked and counted; many rows leave when somebody else has allowed it."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_town, make_unit
from linli.trust import api as trust
from linli.trust import slots
from linli.trust.models import ExportFile, ExportRequest, LedgerEntry
from linli.trust.rules import files
from linli.trust.rules.exports import mark_of
from linli.trust.tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "街道核对高龄津贴名单，交民政办王主任，用后删除"
ASK, DECIDE = "trust.testing", "trust.exports"


class People(slots.Export):
    """A list of as many people as wanted."""

    code, label, capability = "test.people", "人员名单", ASK

    def __init__(self):
        self.grade, self.name, self.gone = 4, "=张三", []

    def fetch(self, *, wanted, by, now):  # noqa: ARG002  a list of nobody in particular
        trust.require(by, ASK)
        numbers = range(wanted["rows"])
        return slots.Leaving(
            name="people", heading=["姓名", "号"], lines=[[self.name, number] for number in numbers],
            subjects=[f"{number:064}" for number in numbers],
            elements=["person.name"], grades=[2, self.grade], purpose="registry.verify", object_kind="person_list",
        )  # fmt: skip

    def left(self, *, wanted, by, now):  # noqa: ARG002  the same
        self.gone.append(wanted["rows"])

    def words(self, wanted):  # noqa: ARG002  the same
        return "高龄"


@pytest.fixture
def people():
    before = dict(slots.exports._plugins)
    yield slots.exports.register(People())
    slots.exports._plugins.clear()
    slots.exports._plugins.update(before)


@pytest.fixture
def town():
    town = make_town()
    places = {
        "community": make_unit("c1", "学府社区居委会", "community", town.community),
        "street": make_unit("s1", "南苑街道办事处", "street", town.street),
        "centre": make_unit("z1", "县社会治理中心", "centre", town.county),
        "department": make_unit("d1", "城市管理局", "department", town.county),
    }
    areas = {"community": town.community, "street": town.street, "centre": town.county, "department": town.county}
    staff = {}
    for name, place, *capabilities in (
        ("asker", "community", ASK, "registry.export"), ("head", "community", DECIDE), ("lead", "street", DECIDE),
        ("officer", "centre", DECIDE), ("second", "centre", DECIDE, ASK), ("stranger", "department", DECIDE),
    ):  # fmt: skip
        post = accounts.save_post(
            code=f"p-{name}", name=f"岗位{name}", capabilities=capabilities, by=accounts.SYSTEM, now=NOW
        )
        person = accounts.create_person(username=name, name=f"人{name}", by=accounts.SYSTEM, now=NOW)
        accounts.open_holding(
            person=person, post=post, unit=places[place], division_id=areas[place].id, valid_from=date(2026, 1, 1),
            by=accounts.SYSTEM, now=NOW,
        )  # fmt: skip
        staff[name] = person
    return SimpleNamespace(staff=staff, actor=lambda name: accounts.actor_for(staff[name], on=NOW.date()))


@pytest.fixture(autouse=True)
def _may_ask():
    from linli.accounts import slots as accounts_slots

    before = dict(accounts_slots.capabilities._plugins)
    accounts_slots.capabilities.register(accounts_slots.Capability(code=ASK, label="test"))
    yield
    accounts_slots.capabilities._plugins.clear()
    accounts_slots.capabilities._plugins.update(before)


@pytest.fixture
def decided():
    """Let a grade do something else in this process, until the test ends."""
    before = {grade: trust.handling(grade) for grade in trust.GRADE_WORDS}
    yield lambda grade, **changes: trust.hold_handling({grade: replace(before[grade], **changes)})
    trust.hold_handling(before)


def wanted(rows):
    return {"rows": rows}


def take(actor, rows, now=NOW):
    return trust.take_out(kind="test.people", wanted=wanted(rows), by=actor, now=now)


def asked(actor, rows=100, now=NOW):
    with pytest.raises(trust.ApprovalNeededError) as needed:
        take(actor, rows, now)
    return trust.ask_export(request_id=needed.value.request_id, reason=WHY, by=actor, now=now)


def decide(row, by, *, allowed=True, now=NOW):
    return trust.decide_export(request_id=row.pk, allowed=allowed, words="理由充分", by=by, now=now)


def fetch(row, by, now=NOW):
    return trust.take_requested(request_id=row.pk, by=by, now=now)


# ---- what leaves says who took it -------------------------------------------


@pytest.mark.slow
def test_a_small_list_leaves_at_once_marked_counted_and_recorded(people, town):
    asker = town.actor("asker")
    taken = take(asker, 3)
    (file,), entry = ExportFile.objects.all(), LedgerEntry.objects.get(pk=taken.entry)
    assert (file.mark, file.entry, file.rows, file.grade, file.who) == (
        taken.mark, entry.id, 3, 4, "人asker · 学府社区居委会 · 岗位asker",
    )  # fmt: skip
    assert (entry.action, entry.object_kind, len(entry.subjects)) == ("export", "person_list", 3)
    assert taken.mark == mark_of(entry.id)
    assert people.gone == [3]


@pytest.mark.slow
def test_every_row_of_a_csv_names_who_took_it_and_is_no_formula(people, town):
    taken = take(town.actor("asker"), 2)
    heading, *rows = csv.reader(StringIO(files.as_csv(taken.lines).decode("utf-8-sig")))
    assert heading[:2] == ["姓名", "号"]
    assert [row[0] for row in rows] == ["'=张三"] * 2
    assert all("人asker" in row[-1] and taken.mark in row[-1] for row in rows)
    assert len({len(row) for row in (heading, *rows)}) == 1  # one plain table, as a machine reads it


@pytest.mark.slow
def test_a_workbook_names_who_took_it_on_the_page_on_a_sheet_and_in_its_properties(people, town):
    taken = take(town.actor("asker"), 2)
    book = load_workbook(BytesIO(files.as_workbook(taken.lines, taken)))
    sheet, note = book.worksheets
    assert taken.mark in sheet.oddHeader.center.text
    assert taken.mark in sheet.oddFooter.center.text
    assert [cell.value for cell in sheet[2]][:2] == ["'=张三", 0]
    assert str(taken.entry) in {row[1].value for row in note.iter_rows()}
    assert "人asker" in book.properties.creator


def test_a_grade_may_go_without_a_watermark_but_never_without_a_mark(people, town, decided):
    decided(4, watermark=False)
    taken = take(town.actor("asker"), 1)
    assert (taken.lines[0], taken.mark in taken.name) == (["姓名", "号"], True)


# ---- many rows --------------------------------------------------------------


def test_many_rows_wait_for_somebody_else_and_leave_once(people, town):
    asker, officer = town.actor("asker"), town.actor("officer")
    row = asked(asker)
    assert not ExportFile.objects.exists()
    assert (row.state, row.waits_for, row.rows, row.grade) == ("waiting", "centre", 100, 4)
    assert decide(row, officer).state == "allowed"
    taken = fetch(row, asker)
    assert len(taken.lines) == 101
    assert LedgerEntry.objects.get(pk=taken.entry).basis == f"export:{row.number}"
    with pytest.raises(trust.ExportRefusedError):
        fetch(row, asker)
    assert [step.step for step in row.steps.all()] == ["ask", "allow", "fetch_last"]


def test_the_rows_of_a_day_add_up(people, town):
    asker = town.actor("asker")
    take(asker, 60)
    take(asker, 39)
    with pytest.raises(trust.ApprovalNeededError):
        take(asker, 1)
    assert take(asker, 60, NOW + DAY * 2)
    assert take(town.actor("second"), 60)


@pytest.mark.slow
def test_the_same_list_asked_for_twice_is_one_request(people, town):
    asker = town.actor("asker")
    row = asked(asker)
    with pytest.raises(trust.ApprovalNeededError) as again:
        take(asker, 100)
    assert again.value.request_id == row.pk


@pytest.mark.slow
def test_nobody_decides_their_own_nor_twice_nor_out_of_turn(people, town, decided):
    decided(4, approval="both")
    row = asked(town.actor("second"))
    for name in ("second", "stranger", "head", "lead"):  # oneself, and units that are not below
        with pytest.raises(trust.Hidden):
            decide(row, town.actor(name))
    row = asked(town.actor("asker"))
    assert (decide(row, town.actor("officer")).waits_for, ExportRequest.objects.get(pk=row.pk).state) == (
        "centre",
        "waiting",
    )
    for name in ("lead", "officer"):  # not at the centre; has decided the first step
        with pytest.raises(trust.ExportRefusedError):
            decide(row, town.actor(name))
    assert decide(row, town.actor("second")).state == "allowed"


@pytest.mark.slow
def test_the_chain_of_a_unit_ends_in_the_unit_or_above_it(people, town, decided):
    decided(4, approval="unit", fetches=2)
    asker, row = town.actor("asker"), asked(town.actor("asker"))
    decide(row, town.actor("lead"))
    assert fetch(row, asker)
    assert fetch(row, asker)
    assert ExportRequest.objects.get(pk=row.pk).state == "taken"


def test_a_refusal_has_words_and_opens_nothing(people, town):
    asker, officer = town.actor("asker"), town.actor("officer")
    row = asked(asker)
    with pytest.raises(trust.ExportRefusedError):
        trust.decide_export(request_id=row.pk, allowed=False, words="  ", by=officer, now=NOW)
    assert decide(row, officer, allowed=False).state == "refused"
    with pytest.raises(trust.ExportRefusedError):
        fetch(row, asker)
    with pytest.raises(trust.ApprovalNeededError) as again:
        take(asker, 100)
    assert again.value.request_id != row.pk


def test_a_reason_is_a_sentence(people, town):
    asker = town.actor("asker")
    with pytest.raises(trust.ApprovalNeededError) as needed:
        take(asker, 100)
    with pytest.raises(trust.ExportRefusedError):
        trust.ask_export(request_id=needed.value.request_id, reason="要用", by=asker, now=NOW)


@pytest.mark.parametrize("change", ["more", "higher"])
def test_more_or_higher_than_allowed_does_not_leave(people, town, change):
    asker = town.actor("asker")
    row = asked(asker)
    decide(row, town.actor("officer"))
    if change == "more":
        ExportRequest.objects.filter(pk=row.pk).update(rows=99)
    else:
        people.grade = 5
    with pytest.raises(trust.ExportRefusedError):
        fetch(row, asker)
    assert not ExportFile.objects.exists()


@pytest.mark.slow
def test_a_post_that_ended_meanwhile_takes_nothing(people, town):
    row = asked(town.actor("asker"))
    decide(row, town.actor("officer"))
    later = replace(town.actor("asker"), holdings=())
    with pytest.raises(trust.NotAllowed):
        fetch(row, later)


@pytest.mark.slow
def test_what_is_not_decided_or_fetched_in_time_ends(people, town):
    asker, late = town.actor("asker"), NOW + DAY * 30
    waiting, allowed = asked(asker), asked(asker, 200)
    decide(allowed, town.actor("officer"))
    with pytest.raises(trust.ApprovalNeededError):
        take(asker, 300)  # begun, and never sent
    with pytest.raises(trust.ExportRefusedError):
        fetch(allowed, asker, late)
    with pytest.raises(trust.ExportRefusedError):
        decide(waiting, town.actor("officer"), now=late)
    assert trust.lapse_exports(now=late) == 2
    assert set(ExportRequest.objects.values_list("state", flat=True)) == {"lapsed"}


def test_who_asked_takes_it_back(people, town):
    asker, row = town.actor("asker"), asked(town.actor("asker"))
    trust.take_back_export(request_id=row.pk, by=asker, now=NOW)
    with pytest.raises(trust.ExportRefusedError):
        decide(row, town.actor("officer"))
    with pytest.raises(trust.Hidden):
        trust.take_back_export(request_id=row.pk, by=town.actor("officer"), now=NOW)


@pytest.mark.slow
def test_what_another_person_allowed_before_leaves_without_asking_again(people, town, monkeypatch):
    whole = people.fetch
    monkeypatch.setattr(People, "fetch", lambda _self, **asked: replace(whole(**asked), approved_by="grant:G-1"))
    taken = take(town.actor("asker"), 500)
    assert ExportFile.objects.get(mark=taken.mark).basis == "grant:G-1"


# ---- how long ---------------------------------------------------------------


@pytest.mark.slow
def test_traces_go_when_their_grade_says_so_and_the_ledger_stays(people, town, decided):
    asker, row = town.actor("asker"), asked(town.actor("asker"))
    decide(row, town.actor("officer"), allowed=False)
    taken = take(asker, 1)
    people.grade = 3
    kept = take(asker, 1)
    assert trust.forget_retained(now=NOW + DAY * 400) == {}, "no grade says how long"
    (held,) = town.actor("officer").holdings
    keeper = replace(town.actor("officer"), holdings=(replace(held, capabilities=frozenset({"trust.grades"})),))
    trust.decide_handling(line=replace(trust.handling(4), retention_months=6), words="半年", by=keeper, now=NOW)
    assert trust.forget_retained(now=NOW + DAY * 170) == {}
    assert trust.forget_retained(now=NOW + DAY * 200) == {"trust.export_traces": 2}
    assert [one.mark for one in ExportFile.objects.all()] == [kept.mark]
    assert not ExportRequest.objects.exists()
    assert LedgerEntry.objects.filter(pk=taken.entry).exists()
    assert LedgerEntry.objects.get(action="delete").object_kind == "trust.export_traces"


# ---- pages ------------------------------------------------------------------


@pytest.fixture
def at(town):
    def home(name):
        client = Client()
        client.force_login(town.staff[name])
        return client

    return home


@pytest.mark.slow
def test_asker_and_decider_do_it_all_on_pages(people, town, at, time_machine):
    time_machine.move_to(NOW, tick=False)
    asker, officer = at("asker"), at("officer")
    assert "没有" in asker.get("/desk/exports").text
    assert officer.get("/console/trust/exports").status_code == 200
    with pytest.raises(trust.ApprovalNeededError) as needed:
        take(town.actor("asker"), 100)
    page = f"/desk/exports/{needed.value.request_id}"
    assert asker.post(page, {"do": "ask", "reason": "要"}).status_code == 422
    assert asker.post(page, {"do": "ask", "reason": WHY}).status_code == 302
    assert officer.get(page).status_code in {302, 403, 404}
    assert "人员名单" in officer.get("/console/trust/exports").text
    desk = f"/console/trust/exports/{needed.value.request_id}"
    assert WHY in officer.get(desk).text
    assert at("stranger").get(desk).status_code == 404
    assert officer.post(desk, {"allowed": "1"}).status_code == 422
    assert officer.post(desk, {"allowed": "1", "words": "可以"}).status_code == 302
    assert "可以" in asker.get(page).text
    answer = asker.post(f"{page}/file", {"form": "csv"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    mark = ExportFile.objects.get().mark
    assert answer.content.decode("utf-8-sig").count(mark) == 100
    assert asker.post(f"{page}/file").status_code == 302
    found = officer.get(f"/console/trust/exports?tab=files&mark={mark.lower()}").text
    assert str(ExportFile.objects.get().entry) in found
    assert mark not in at("stranger").get("/console/trust/exports?tab=files").text


@pytest.mark.slow
def test_the_list_asks_as_often_for_three_as_for_one(people, town, at, django_assert_num_queries, time_machine):
    time_machine.move_to(NOW, tick=False)
    officer = at("officer")
    asked(town.actor("asker"), 100)
    officer.get("/console/trust/exports")
    with CaptureQueriesContext(connection) as first:
        officer.get("/console/trust/exports")
        count = len(first)
    for rows in (101, 102):
        asked(town.actor("asker"), rows)
    officer.get("/console/trust/exports")
    with django_assert_num_queries(count):
        officer.get("/console/trust/exports")
