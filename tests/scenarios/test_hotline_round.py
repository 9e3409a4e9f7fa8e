"""Story: tickets of the 12345 platform go round: in by file, accepted, one returned, one answered, back in a file."""

import csv
from io import BytesIO, StringIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.events.models import Event, Ticket
from linli.trust.models import LedgerEntry
from tests.scenarios.acting import AtDesk, steps_of

BY = "导出人"
HEADER = ["工单编号", "问题描述", "联系人", "联系电话", "地址", "来电类别", "承办单位", "办理结果", "备注"]
ROWS = [
    ["Z-1", "南苑社区3栋楼道灯不亮", "吴桂芳", "13800001111", "南苑社区", "求助", "", "", "急"],
    ["Z-2", "学府社区门口垃圾成堆没人清", "", "13700000001", "学府社区", "投诉", "", "", ""],
    ["Z-3", "邻市的公交车站牌坏了楼道灯旁", "", "", "", "投诉", "", "", "=1+1"],
]


def sent_in(desk):
    book, out = openpyxl.Workbook(), BytesIO()
    for row in [HEADER, *ROWS]:
        book.active.append([str(cell) if not str(cell).startswith("=") else f"'{cell}" for cell in row])
    book.save(out)
    answer = desk.post("/desk/tickets", {"file": SimpleUploadedFile("12345.xlsx", out.getvalue())})
    assert answer.status_code == 302
    return answer["Location"]


def back(desk, page, query=""):
    answer = desk.get(f"{page}/results.xlsx{query}")
    assert answer.status_code == 200
    lines = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    return lines[0], {row[0]: dict(zip(lines[0], row, strict=True)) for row in lines[1:]}


def ticket(number):
    return Ticket.objects.get(event__source_number=number)


def test_a_hotline_ticket_goes_round(town, clock):
    centre = AtDesk(town.people["dispatcher"])
    page = sent_in(centre.browser)
    shown = centre.page(page)
    assert "Z-1" in shown
    assert "已接收" in shown
    assert "已签收 3 件工单" in centre.browser.post(f"{page}/accept", follow=True).content.decode()

    wrong = f"/desk/tickets/one/{ticket('Z-3').id}"
    assert centre.browser.post(wrong, {"do": "return", "reason": "wrong_area", "words": ""}).status_code == 422
    said = {"do": "return", "reason": "wrong_area", "words": "属邻市管理，请转派"}
    assert centre.browser.post(wrong, said).status_code == 302
    assert steps_of(Event.objects.get(source_number="Z-3").number)[-1] == "reject"

    community = AtDesk(town.people["community_worker"])
    lamp = Event.objects.get(source_number="Z-1")
    community.do(lamp.number, "accept")
    late = f"/desk/tickets/one/{ticket('Z-1').id}"
    refused = centre.browser.post(late, {"do": "return", "reason": "not_ours", "words": "不归我们管"})
    assert refused.status_code == 422
    assert "须先由该单位退回" in refused.content.decode()
    community.do(lamp.number, "submit", answer="已换灯泡，楼道已亮。", inside="")
    clock.later(hours=2)
    AtDesk(town.people["checker"]).do(lamp.number, "pass", reason="solved", answer="已换灯泡，楼道已亮。")
    answered = f"/desk/tickets/one/{ticket('Z-2').id}"
    assert centre.browser.post(answered, {"do": "reply", "words": "城管今日清运，请转告市民。"}).status_code == 302

    header, rows = back(centre.browser, page)
    assert list(header[: len(HEADER)]) == HEADER, "the platform's own columns, in its order"
    assert set(header[len(HEADER) :]) == {"本平台编号", "办理状态", "签收时间", "退回原因", "办结时间", "是否解决", BY}
    assert (rows["Z-1"]["承办单位"], rows["Z-1"]["办理结果"]) == ("南苑社区居委会", "已换灯泡，楼道已亮。")
    assert (rows["Z-1"]["办理状态"], rows["Z-1"]["备注"], rows["Z-1"]["联系电话"]) == ("已答复", "急", "13800001111")
    assert rows["Z-2"]["办理结果"] == "城管今日清运，请转告市民。"
    assert rows["Z-3"]["办理状态"] == "已退回平台"
    assert rows["Z-3"]["退回原因"] == "不在本辖区 属邻市管理，请转派"
    assert not rows["Z-3"]["办理结果"]
    assert not str(rows["Z-3"]["备注"]).startswith("="), "no formula is handed out"

    entry = LedgerEntry.objects.filter(purpose="events.hotline", action="export").latest("id")
    assert "联系电话" in entry.elements
    assert len(entry.subjects) == 2
    assert back(centre.browser, page, "?new=1")[1] == {}, "nothing has ended since"
    text = centre.browser.get(f"{page}/results.csv").content.decode("utf-8-sig")
    assert next(csv.reader(StringIO(text)))[: len(HEADER)] == HEADER

    outsider = AtDesk(town.people["outsider"])
    outsider.page(f"{page}/results.xlsx", status=404)
    outsider.page(late, status=404)
