"""The pages of the week's changes and of deletions: what they show, mark, undo and refuse."""

import re

import pytest

from linli.kernel import api as kernel
from linli.registry import api as registry
from tests import basetown
from tests.town import MONDAY, build_town


@pytest.fixture
def town(db, monkeypatch):
    monkeypatch.setattr(kernel, "now", lambda: MONDAY)
    built = build_town()
    basetown.plant(built, MONDAY)
    return built


@pytest.fixture
def browser(client, town):
    def sign_in(name):
        client.force_login(town.people[name])
        return client

    return sign_in


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_the_week_shows_its_sorts_and_its_lines(browser):
    page = text(browser("community_worker").get("/desk/base/changes"))
    assert "新登记人员" in page
    assert "吴**" in page
    assert "吴桂芳" not in page
    assert "上一周" in page


def test_a_mark_is_set_and_taken_back(browser):
    worker = browser("community_worker")
    page = text(worker.get("/desk/base/changes?what=new_person"))
    (change,) = set(re.findall(r'name="change" value="(\d+)"', page))
    said = {"change": change, "what": "new_person", "week": MONDAY.date().isoformat()}
    assert worker.post("/desk/base/changes/seen", said).status_code == 302
    assert "周敏已阅" in text(worker.get("/desk/base/changes?what=new_person"))
    worker.post("/desk/base/changes/seen", {**said, "undo": "1"})
    assert "周敏已阅" not in text(worker.get("/desk/base/changes?what=new_person"))


def test_an_empty_week_says_so_and_nonsense_leads_to_this_week(browser):
    worker = browser("community_worker")
    assert "这一周没有变化" in text(worker.get("/desk/base/changes?week=2025-01-01"))
    assert "本周变化" in text(worker.get("/desk/base/changes?week=gestern&what=nonsense"))
    assert worker.get("/desk/base/changes?what=new_person&cursor=x").status_code == 302


def test_the_inbox_leads_to_the_week(browser):
    worker = browser("community_worker")
    assert "/desk/base/changes/panel" in text(worker.get("/desk/"))
    assert "辖区内" in text(worker.get("/desk/base/changes/panel"))


def test_nobody_without_the_right_sees_the_week(browser):
    assert browser("messenger").get("/desk/base/changes").status_code == 403


def test_a_deletion_goes_from_the_card_to_the_tombstone(browser, town):
    wu = registry.look_through(wanted=registry.Wanted(), by=town.actor("linker"), now=MONDAY).items[0].id
    linker = browser("linker")
    assert "提出删除" in text(linker.post(f"/desk/base/{wu}", {"purpose": "verify", "steps": "1"}))
    assert linker.post(f"/desk/base/{wu}/delete", {"reason": "wrong", "words": ""}).url == f"/desk/base/{wu}"
    said = {"reason": "wrong", "element": "", "words": "重复登记"}
    assert linker.post(f"/desk/base/{wu}/delete", said).url == "/desk/base/deletions"
    page = text(linker.get("/desk/base/deletions"))
    assert "这是您提出的" in page
    assert "永久删除" not in page
    (row,) = registry.deletions_seen_by(town.actor("linker"), "proposed")
    assert linker.post(f"/desk/base/deletions/{row.id}", {"approved": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "proposed"


def test_how_long_something_is_kept_is_changed_on_the_page(browser):
    registry.load_retention_rules(now=MONDAY)
    rule = registry.RetentionRule.objects.get(after="died")
    linker = browser("linker")
    linker.post("/desk/base/deletions/rules", {"rule_id": rule.id, "months": "0", "basis": "x"})
    linker.post("/desk/base/deletions/rules", {"rule_id": rule.id, "months": "24", "basis": "县档案规定"})
    rule.refresh_from_db()
    assert (rule.months, rule.basis) == (24, "县档案规定")
    assert "24 个月" in text(linker.get("/desk/base/deletions"))
