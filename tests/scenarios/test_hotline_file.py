"""Story: the hotline of another house sends its table, with headers nobody knows and rows with mistakes."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.events.models import Event, TicketFile
from tests.scenarios.acting import AtDesk

HEADER = ["流水", "说的事", "在哪", "来电人号码"]
GOOD = [
    ["R-1", "学府社区门口垃圾成堆没人清", "学府社区", "13700000001"],
    ["R-2", "南苑社区3栋楼道灯不亮", "南苑社区", ""],
]
BAD = [["R-3", "灯", "南苑社区", ""], ["R-4", "=cmd|' /C calc'!A0", "南苑社区", "123"]]
CHOSEN = {
    "column-source_number": "流水",
    "column-text": "说的事",
    "column-address": "在哪",
    "column-reporter_phone": "来电人号码",
}


def table(rows, header=HEADER):
    book, out = openpyxl.Workbook(), BytesIO()
    for row in [header, *rows]:
        book.active.append([str(cell) if not str(cell).startswith("=") else f"'{cell}" for cell in row])
    book.save(out)
    return SimpleUploadedFile("热线.xlsx", out.getvalue())


@pytest.fixture
def desk(town):
    return AtDesk(town.people["dispatcher"]).browser


def test_unknown_headers_are_asked_once_and_remembered(desk):
    asked = desk.post("/desk/tickets", {"file": table(GOOD)})
    page = asked.content.decode()
    assert asked.status_code == 422
    assert all(f"<option>{name}</option>" in page for name in HEADER)
    assert not TicketFile.objects.exists()
    assert desk.post("/desk/tickets", {"file": table(GOOD), **CHOSEN}).status_code == 302
    assert [one.source_number for one in Event.objects.order_by("id")] == ["R-1", "R-2"]
    more = [["R-5", "南苑社区2栋楼道灯也坏了", "南苑社区", ""]]
    assert desk.post("/desk/tickets", {"file": table(more)}).status_code == 302, "the next file maps itself"
    assert Event.objects.get(source_number="R-5").lead_unit.code == "nysq"


def test_bad_rows_come_back_with_line_and_reason_and_good_ones_go_in(desk, town):
    answer = desk.post("/desk/tickets", {"file": table([GOOD[0], BAD[0], GOOD[1], BAD[1]]), **CHOSEN})
    file = TicketFile.objects.get()
    assert (file.rows, file.taken, file.known, file.rejected) == (4, 2, 0, 2)
    page = desk.get(answer["Location"]).content.decode()
    for row in file.rejected_rows.all():
        assert re.search(rf">\s*{row.line}\s*<", page)
        assert row.reason in page
    back = desk.get(f"/desk/tickets/{file.id}/rejected.xlsx")
    sheet = list(openpyxl.load_workbook(BytesIO(back.content)).active.values)
    assert list(sheet[0][2:]) == [*HEADER, "导出人"]
    assert [row[0] for row in sheet[1:]] == [3, 5]
    assert all(row[1] for row in sheet[1:]), "each says why"
    assert sheet[1][2:4] == ("R-3", "灯")
    assert not str(sheet[2][3]).startswith("="), "no formula is handed out"
    assert {one.lead_unit.code for one in Event.objects.all()} == {"csgl", "nysq"}


def test_the_same_file_again_takes_nothing(desk):
    desk.post("/desk/tickets", {"file": table(GOOD), **CHOSEN})
    desk.post("/desk/tickets", {"file": table(GOOD)})
    newest = TicketFile.objects.latest("id")
    assert (newest.rows, newest.taken, newest.known) == (2, 0, 2)
    assert Event.objects.count() == 2


def test_a_mended_file_of_rejected_rows_goes_in(desk):
    desk.post("/desk/tickets", {"file": table([BAD[0]]), **CHOSEN})
    file = TicketFile.objects.get()
    back = openpyxl.load_workbook(BytesIO(desk.get(f"/desk/tickets/{file.id}/rejected.xlsx").content))
    back.active["D2"] = "南苑社区3栋楼道灯不亮"
    out = BytesIO()
    back.save(out)
    mended = {"file": SimpleUploadedFile("rejected.xlsx", out.getvalue()), **CHOSEN}
    assert desk.post("/desk/tickets", mended).status_code == 302
    assert Event.objects.get().source_number == "R-3"


def test_what_is_no_table_is_refused_in_one_sentence(desk):
    answer = desk.post("/desk/tickets", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 no book")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "CSV" in page
    assert "Traceback" not in page


def test_another_county_never_sees_the_file(desk, town):
    desk.post("/desk/tickets", {"file": table([*GOOD, BAD[0]]), **CHOSEN})
    file = TicketFile.objects.get()
    outsider = AtDesk(town.people["outsider"])
    outsider.page(f"/desk/tickets/{file.id}", status=404)
    outsider.page(f"/desk/tickets/{file.id}/rejected.xlsx", status=404)
