"""The desk where the names of places are kept."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from linli.regions import api as regions
from tests.town import MONDAY, build_town

pytestmark = pytest.mark.django_db
URL = "/desk/base/names"


@pytest.fixture
def keeper(client, three_words):
    town = build_town()
    client.force_login(town.people["community_worker"])
    client.town = town
    return client


def road(client):
    within = regions.Division.objects.get(pk=client.town.grids[0].community_id)
    return regions.standardise(text="人民路12号", within=within, by="tests", now=MONDAY)[0]


def test_a_name_is_written_down_ended_and_withdrawn(keeper):
    assert "还没有" in keeper.get(URL).content.decode()
    place = road(keeper)
    assert "人民路" in keeper.get(f"{URL}?find=人民").content.decode()
    page = f"{URL}/{place.pk}"
    assert keeper.get(page).status_code == 200
    assert keeper.post(page, {"name": "", "kind": "former"}).status_code == 422
    assert keeper.post(page, {"name": "人民路", "kind": "former"}).status_code == 422
    assert keeper.post(page, {"name": "东风路", "kind": "former", "source": "=地名志"}).status_code == 302
    name = regions.PlaceName.objects.get()
    shown = keeper.get(f"{URL}?find=东风").content.decode()
    assert "东风路 → 人民路" in shown
    assert "东风路" in keeper.get("/desk/base/plates?find=东风").content.decode()
    keeper.post(f"{URL}/end", {"name_id": name.pk, "day": "2016-05-01", "back": page})
    assert "2016-05-01" in keeper.get(page).content.decode()
    assert keeper.post(f"{URL}/withdraw", {"name_id": name.pk, "reason": "", "back": page}).url == page
    keeper.post(f"{URL}/withdraw", {"name_id": name.pk, "reason": "弄错了", "back": "https://example.org/"})
    assert "弄错了" in keeper.get(f"{URL}?tab=withdrawn").content.decode()


def test_a_table_goes_in_comes_back_with_its_bad_rows_and_leaves_again(keeper):
    road(keeper)
    head = "现地名,所在社区,历史名称,名称类型,启用日期,停用日期,依据"
    table = f"{head}\n人民路,,东风路,曾用名,,2016-05-01,=1+1\n无名路,,老路,,,,\n"
    answer = keeper.post(f"{URL}/take-in", {"file": SimpleUploadedFile("a.csv", table.encode("gb18030"))})
    assert answer.status_code == 422
    assert "无名路" in answer.content.decode()
    back = keeper.post(f"{URL}/rejected.xlsx", {"content": answer.context["content"]})
    rows = list(load_workbook(BytesIO(back.content)).active.values)
    assert rows[1][:3] == ("无名路", None, "老路")
    assert rows[1][-1]
    out = keeper.get(f"{URL}/export.csv").content.decode("utf-8-sig")
    assert "人民路" in out
    assert "'=1+1" in out
    book = load_workbook(BytesIO(keeper.get(f"{URL}/export.xlsx?find=东风").content)).active
    assert [row[2] for row in book.values] == ["历史名称", "东风路"]
    assert keeper.post(f"{URL}/rejected.xlsx", {"content": "no json"}).status_code == 302
    assert keeper.post(f"{URL}/take-in", {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")}).status_code == 302


def test_a_community_has_its_page(keeper):
    community = keeper.town.grids[0].community_id
    page = f"{URL}/area/{community}"
    assert keeper.post(page, {"name": "向阳大队", "kind": "colloquial"}).status_code == 302
    assert "向阳大队" in keeper.get(page).content.decode()
    assert keeper.get(f"{URL}/area/999999").status_code == 404
