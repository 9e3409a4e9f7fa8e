"""Story: a community keeps one ledger of its old people; the monthly form is a difference, not a retyping."""

from datetime import timedelta

import pytest

from linli.kernel import api as kernel
from linli.sheets.models import Answer, Delivery, Issue, LedgerNote, StandingLedger
from linli.trust import slots as trust
from linli.trust.models import LedgerEntry
from tests.basetown import planted, say
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.scenarios.test_one_form import brought, chosen, confirmed
from tests.sharingtown import allow
from tests.sheetstown import POSTS, colleague, read, roll


@pytest.fixture
def office(town, clock):
    """Old Wu and an old neighbour; one of the community fills forms, another checks them."""
    planted(town, MONDAY)
    say("police", "person", "P7", MONDAY, name="钱大爷", sex="1", birth_date="1941-02-03",
        area_code=town.grids[0].code)  # fmt: skip
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    return AtDesk(town.people["community_worker"]), AtDesk(colleague(town, MONDAY))


def delivered(worker, checker, page):
    worker.browser.post(f"{page}/do/hand-in")
    checker.browser.post(f"{page}/do/check")
    answer = worker.browser.post(f"{page}/deliver")
    assert answer.status_code == 200, answer.status_code
    return read(answer.content)


def typed(worker, form, label, name, value):
    """Type into the cell of one column of one person."""
    part = form.parts.get()
    column = next(one for one in part.columns.all() if one.path[-1] == label)
    line = next(one for one in part.lines.all() if one.entity.attributes["name"] == name)
    worker.browser.post(f"/desk/forms/lines/{line.pk}", {f"cell-{column.pk}": value})


def first_month(worker, checker, town):
    """Fill and deliver a roll, keep its list as a ledger before; return the form."""
    page, form = brought(worker, roll())
    confirmed(worker, page, form)
    chosen(worker, page, town.divisions["nanyuan"])
    worker.browser.post(f"{page}/ledger", {"name": "高龄老人台账"})
    typed(worker, form, "紧急联系人", "吴桂芳", "吴小芳（女儿）")
    delivered(worker, checker, page)
    return form


def test_the_next_month_is_a_difference(town, clock, office):
    worker, checker = office
    first_month(worker, checker, town)
    ledger = StandingLedger.objects.get()
    assert LedgerNote.objects.get().value.reveal() == "吴小芳（女儿）"
    clock.later(days=30)
    say("visits", "person", "V9", kernel.now(), name="钱大爷", phone="13911112222", area_code=town.grids[0].code)
    say("police", "person", "P9", kernel.now(), name="冯奶奶", sex="2", birth_date="1935-05-05",
        area_code=town.grids[0].code)  # fmt: skip
    say("police", "person", "P7", kernel.now(), name="钱大爷", sex="1", birth_date="1941-02-03",
        area_code=town.grids[2].code)  # fmt: skip

    page, form = brought(worker, roll())
    confirmed(worker, page, form)
    proposed = worker.page(f"{page}/rows")
    assert "高龄老人台账" in proposed, "the ledger is proposed for a form with its columns"
    worker.browser.post(f"{page}/ledger", {"ledger": ledger.pk})
    form.refresh_from_db()
    assert form.ledger == ledger
    carried = Answer.objects.get(line__part__form=form)
    assert (carried.value.reveal(), carried.said_on) == ("吴小芳（女儿）", MONDAY.date())
    shown = worker.page(f"{page}/rows")
    assert "沿用上期填写" in shown, "what was typed comes along with its day, never silently"
    assert 'class="came"' in shown, "who came is marked"
    assert "有 1 行已不在名单中" in shown

    rows = delivered(worker, checker, page)
    assert {row[1] for row in rows[4:7] if row[1]} == {"吴桂芳", "冯奶奶"}
    last = Issue.objects.latest("at")
    assert (last.rows, last.came, last.went) == (2, 1, 1)
    assert LedgerNote.objects.count() == 1, "what was carried over keeps the day on which it was typed"
    assert Delivery.objects.count() == 2


def test_what_is_stale_is_asked_again(town, clock, office):
    worker, checker = office
    first_month(worker, checker, town)
    clock.later(days=200)
    page, form = brought(worker, roll())
    confirmed(worker, page, form)
    worker.browser.post(f"{page}/ledger", {"ledger": StandingLedger.objects.get().pk})
    assert not Answer.objects.filter(line__part__form=form).exists()
    assert "已过期" in worker.page(f"{page}/rows"), "the cell says what was typed and when"


def test_changes_stand_in_a_page_and_in_a_file(town, clock, office):
    worker, checker = office
    first_month(worker, checker, town)
    ledger = StandingLedger.objects.get()
    path = f"/desk/ledgers/{ledger.pk}"
    assert "没有变化" in worker.page(f"{path}?tab=changes")
    clock.later(days=3)
    say("police", "person", "P7", kernel.now(), name="钱大爷", sex="1", birth_date="1940-02-03",
        area_code=town.grids[0].code)  # fmt: skip
    changes = worker.page(f"{path}?tab=changes")
    assert "<del>1941-02-03</del>" in changes
    assert "<ins>1940-02-03</ins>" in changes
    assert "1940-02-03" in worker.page(path)
    file = worker.browser.post(f"{path}/changes.csv", {"since": Issue.objects.get().pk})
    assert file.status_code == 200
    lines = file.content.decode("utf-8-sig")
    assert "1941-02-03" in lines
    assert LedgerEntry.objects.filter(action="export", object_kind="standing_ledger").get().subjects
    worker.browser.post(f"{path}/do/note")
    assert "没有变化" in worker.page(f"{path}?tab=changes")


def test_what_is_new_is_read_alone(town, clock, office):
    worker, checker = office
    first_month(worker, checker, town)
    ledger = StandingLedger.objects.get()
    path = f"/desk/ledgers/{ledger.pk}?tab=changes"
    clock.later(days=3)
    worker.browser.post(f"/desk/ledgers/{ledger.pk}/do/note")
    clock.later(days=1)

    def read():
        before = set(LedgerEntry.objects.values_list("pk", flat=True))
        page = worker.page(path)
        looks = LedgerEntry.objects.exclude(pk__in=before).filter(action="fill")
        return page, sum(len(one.subjects) for one in looks)

    assert "没有变化" in read()[0]
    assert read()[1] == 0, "of whom nothing was told since, nobody is read"
    say("police", "person", "P7", kernel.now(), name="钱大爷", sex="1", birth_date="1940-02-03",
        area_code=town.grids[0].code)  # fmt: skip
    page, subjects = read()
    assert "<ins>1940-02-03</ins>" in page
    assert subjects >= 1
    assert "吴桂芳" not in page
    worker.browser.post(f"/desk/ledgers/{ledger.pk}/do/note")
    clock.later(days=120)
    page, _subjects = read()
    assert "吴桂芳" in page, "who had a birthday since is a year older"
    assert "<del>86</del>" in page


def test_a_ledger_is_begun_from_elements_closed_and_kept_again(town, clock, office):
    worker, _checker = office
    assert "还没有" in worker.page("/desk/ledgers")
    said = {
        "name": "独居老人台账", "division": town.divisions["nanyuan"].id, "purpose": "visit", "register": "",
        "elements": ["name", "phone", "lives_alone"], "element_0": "lives_alone", "operator_0": "is", "value_0": "yes",
    }  # fmt: skip
    assert worker.browser.post("/desk/ledgers/new?kind=persons", {**said, "elements": []}).status_code == 422
    path = worker.browser.post("/desk/ledgers/new?kind=persons", said)["Location"]
    page = worker.page(path)
    assert "吴桂芳" in page
    assert "钱大爷" not in page
    assert worker.browser.post("/desk/ledgers/new?kind=persons", said).status_code == 422, "one of a name"
    worker.browser.post(f"{path}/do/close")
    assert "独居老人台账" in worker.page("/desk/ledgers?tab=closed")
    worker.browser.post(f"{path}/do/note")
    assert not Issue.objects.exists(), "a closed ledger is not noted"
    worker.browser.post(f"{path}/do/resume")
    assert StandingLedger.objects.get().state == "kept"


def test_a_ledger_is_changed_on_a_page_of_its_own(town, clock, office):
    worker, checker = office
    first_month(worker, checker, town)
    ledger = StandingLedger.objects.get()
    path = f"/desk/ledgers/{ledger.pk}"
    shown = worker.page(f"{path}/edit")
    kept = [one["key"] for one in ledger.columns if one["element"]]
    assert all(f'value="{key}" ' in shown or f'value="{key}"' in shown for key in kept)
    contact = next(one for one in ledger.columns if "紧急联系人" in one["label"])
    typed_into = [contact["key"]] if contact["element"] else []
    by_hand = [] if contact["element"] else [contact["label"]]
    said = {
        "name": "八十五岁以上老人台账", "division": town.divisions["nanyuan"].id, "purpose": "visit", "register": "",
        "elements": [*kept[:3], *typed_into, "address"], "by_hand": "\n".join([*by_hand, "走访记录"]),
        "keeps_days": "30", "element_0": "birth_date", "operator_0": "years_from", "value_0": "86",
    }  # fmt: skip
    assert worker.browser.post(f"{path}/edit", {**said, "elements": []}).status_code == 422
    assert worker.browser.post(f"{path}/edit", said).status_code == 302
    ledger.refresh_from_db()
    assert (ledger.name, ledger.keeps_days, ledger.scope["where"]) == (
        said["name"],
        30,
        [["birth_date", "years_from", "86"]],
    )
    assert "person.address" in [one["element"] for one in ledger.columns]
    assert [one["label"] for one in ledger.columns][-1] == "走访记录"
    assert [one["key"] for one in ledger.columns if one["label"] == contact["label"]] == [contact["key"]]
    page = worker.page(path)
    assert "吴桂芳" in page
    assert "钱大爷" not in page, "the conditions hold from now on"
    assert "吴小芳（女儿）" in page, "what was typed into a column that stays is there"
    assert ledger.steps.filter(step="change").exists()
    worker.browser.post(f"{path}/do/close")
    assert worker.browser.post(f"{path}/edit", said).status_code == 422, "a closed ledger is not changed"


def test_rows_of_old_issues_go_when_their_time_is_over_and_the_last_stays(town, clock, office):
    worker, checker = office
    first_month(worker, checker, town)
    clock.later(days=30)
    worker.browser.post(f"/desk/ledgers/{StandingLedger.objects.get().pk}/do/note")
    first, last = Issue.objects.order_by("at")
    holder = trust.retained.get("sheets.issues")
    moments = dict.fromkeys(range(1, 7), kernel.now() + timedelta(days=1))
    assert holder.forget(before=dict.fromkeys(moments, MONDAY), now=kernel.now()) == 0
    assert holder.forget(before=moments, now=kernel.now()) == 1
    assert (first.cells.count(), last.cells.count()) == (0, 2)


def test_an_outsider_reads_no_ledger(town, clock, office):
    worker, checker = office
    first_month(worker, checker, town)
    allow("t-dispatcher", (*POSTS["t-community"], "registry.reveal"), MONDAY)
    outsider = AtDesk(town.people["outsider"])
    path = f"/desk/ledgers/{StandingLedger.objects.get().pk}"
    assert "吴桂芳" in worker.page(path)
    assert "高龄老人台账" not in outsider.page("/desk/ledgers")
    outsider.page(path, 404)
    outsider.page(f"{path}/edit", 404)
    assert outsider.browser.post(f"{path}/changes.csv", {"since": Issue.objects.get().pk}).status_code == 404
