"""Story: a list of many leaves only when another person has allowed it, says who took it, and the resident reads it."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust
from linli.trust.models import ExportFile
from tests.basetown import pair_to_judge, planted
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk, WithPhone
from tests.town import OLD_WU_PHONE

LIST = "/desk/base/export.xlsx?tab=person"
THIN, GOOD = "领导要一份名单，尽快", "核对高龄津贴，交民政局李科长，核对后当天删除"


@pytest.fixture
def wu(town, clock):
    """Old Wu, whom an officer confirmed at the counter, beside two others in the list."""
    entity, _house = planted(town, MONDAY)
    pair_to_judge(town, MONDAY)
    resident = WithPhone(OLD_WU_PHONE)
    resident.enter("/my/looks")
    worker = town.actor("community_worker")
    registry.confirm_identity(entity_id=entity, phone=OLD_WU_PHONE, paper="citizen", by=worker, now=kernel.now())
    return resident


@pytest.fixture
def from_three(town):
    """The county decides that three rows of grade 3 need a second person, from the data office."""
    shipped = trust.handling(3)
    line = replace(shipped, approve_from=3, approval="centre", fetches=1, open_days=2)
    trust.decide_handling(line=line, words="试点", by=town.actor("standards_keeper"), now=MONDAY)
    trust.keep_handling_fresh()
    yield
    trust.hold_handling({3: shipped})


def sent(worker, reason):
    """Ask for the list, and send the request that it leads to; return its page."""
    page = worker.browser.post(LIST, {"purpose": "visit"})["Location"]
    assert re.fullmatch(r"/desk/exports/[0-9a-f-]+", page)
    assert worker.browser.post(page, {"do": "ask", "reason": reason}).status_code == 302
    return page


def decided(officer, page, *, allowed, words):
    desk = page.replace("/desk/", "/console/trust/")
    assert desk in officer.page("/console/trust/exports")
    assert officer.browser.post(desk, {"allowed": allowed, "words": words}).status_code == 302


def test_many_rows_leave_when_another_person_allows_it_and_the_resident_sees_who_took_them(town, clock, wu, from_three):
    worker, officer = AtDesk(town.people["community_worker"]), AtDesk(town.people["standards_keeper"])
    first = sent(worker, THIN)
    assert "吴" not in officer.page(first.replace("/desk/", "/console/trust/")), "who decides needs no rows"
    decided(officer, first, allowed="0", words="请写明用途和接收人")
    assert "请写明用途和接收人" in worker.page(first)
    assert worker.browser.post(f"{first}/file").status_code == 302
    assert not ExportFile.objects.exists()

    clock.later(hours=1)
    second = sent(worker, GOOD)
    assert second != first
    decided(officer, second, allowed="1", words="同意，核对后删除")
    clock.later(hours=1)
    answer = worker.browser.post(f"{second}/file", {"form": "xlsx"})
    assert answer.status_code == 200
    (file,) = ExportFile.objects.all()
    book = load_workbook(BytesIO(answer.content))
    heading, *rows = book.worksheets[0].values
    assert (heading[-1], len(rows), file.rows) == ("导出人", 3, 3)
    assert all("周敏" in row[-1] and file.mark in row[-1] for row in rows)
    assert worker.browser.post(f"{second}/file").status_code == 302, "once is once"

    found = officer.page(f"/console/trust/exports?tab=files&mark={file.mark}")
    assert str(file.entry) in found, "a row that turns up leads to the entry in the ledger"
    assert "周敏" in found

    looks = wu.browser.get("/my/looks").content.decode()
    assert "导出了" in looks
    assert "南苑社区居委会" in looks
    assert "周敏" not in looks
    assert trust.verify_ledger().ok


def test_nobody_allows_their_own_and_time_runs_out(town, clock, wu, from_three):
    worker, officer = AtDesk(town.people["community_worker"]), AtDesk(town.people["standards_keeper"])
    page = sent(worker, GOOD)
    assert worker.browser.get(page.replace("/desk/", "/console/trust/")).status_code == 403
    decided(officer, page, allowed="1", words="同意")
    clock.later(days=3)
    assert worker.browser.post(f"{page}/file").status_code == 302
    assert trust.lapse_exports(now=kernel.now()) == 1
    assert "已过期" in worker.page(page)
    assert not ExportFile.objects.exists()
