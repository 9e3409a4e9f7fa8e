"""The desk of data sources, as its officer and as somebody of another county sees it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.models import Connection, Dataset, Run
from linli.exchange.queries.exporting import grade_of_dataset
from linli.exchange.rules.addresses import without_password
from linli.exchange.tests.factories import LI_ID, NOW, bring, make_dataset, table
from linli.registry import api as registry
from linli.registry.tests.factories import Entity, ledger
from linli.trust import api as trust


@pytest.fixture
def officer(ground, client):
    return sign_in(ground, client, ground.town.county, "officer")


def sign_in(ground, client, division, name):
    post = accounts.save_post(
        code=f"p-{name}", name=name, capabilities=["exchange.sources", "registry.write"], by=accounts.SYSTEM, now=NOW
    )
    person = accounts.create_person(username=name, name="林数", by=accounts.SYSTEM, now=NOW)
    accounts.open_holding(
        person=person, post=post, unit=ground.town.units["centre"], division_id=division.id, grid_id=None,
        valid_from=NOW.date().replace(year=2020), by=accounts.SYSTEM, now=NOW,
    )  # fmt: skip
    client.force_login(person)
    return client


def page(client, name, /, *args):
    return client.get(reverse(f"exchange:{name}", args=args))


def post(client, name, /, *args, **data):
    return client.post(reverse(f"exchange:{name}", args=args), data)


def test_a_data_set_is_written_a_file_is_mapped_tried_and_taken_in(officer):
    assert "还没有" in page(officer, "datasets").content.decode()
    told = {
        "code": "dibao", "name": "低保人员", "provider": "县民政局", "department": "民政", "kind": "person",
        "sharing": "conditional", "condition": "按职责共享", "openness": "no", "cycle": "monthly",
    }  # fmt: skip
    assert post(officer, "new-dataset", **{**told, "condition": ""}).status_code == 422
    assert post(officer, "new-dataset", **told).status_code == 302
    answer = post(officer, "upload", "dibao", file=SimpleUploadedFile("低保.csv", table()))
    run = Run.objects.get()
    assert answer.url == reverse("exchange:run", args=[run.pk])
    shown = page(officer, "run", run.pk).content.decode()
    assert 'value="citizen_id" selected' in shown
    assert "99010119400312122X" not in shown
    chosen = {f"element-{place}": code for place, code in enumerate(["", "name", "citizen_id", "phone", "ethnic", ""])}
    assert post(officer, "run-map", run.pk, **{**chosen, "element-1": "phone"}, **{"key-0": "1"}).status_code == 422
    assert post(officer, "run-map", run.pk, **chosen, **{"key-0": "1"}).status_code == 302
    assert "什么都没有写入" in page(officer, "run", run.pk).content.decode()
    assert not Entity.objects.exists()
    post(officer, "run-do", run.pk, "take")
    assert Entity.objects.count() == 2
    assert page(officer, "dataset", "dibao").status_code == 200


def test_a_wrong_row_is_corrected_on_its_page_and_each_look_stands_in_the_ledger(officer, ground):
    run = bring(make_dataset(ground), table([["3", "李青", LI_ID[:-1] + "0", "13800003333", "汉族", "1980-01-01"]]))
    row = run.rejected_rows.get()
    assert "13800003333" in page(officer, "row", row.pk).content.decode()
    assert [one.action for one in ledger(object_kind="rejected_row")] == ["reveal"]
    cells = ["3", "李青", LI_ID, "13800003333", "汉族", "1980-01-01"]
    wrong = {f"cell-{place}": text for place, text in enumerate([*cells[:2], "12", *cells[3:]])}
    refused = post(officer, "row", row.pk, **wrong)
    assert (refused.status_code, 'value="12"' in refused.content.decode()) == (422, True)
    assert post(officer, "row", row.pk, **{f"cell-{p}": text for p, text in enumerate(cells)}).status_code == 302
    assert Entity.objects.get().label == "李青"
    assert page(officer, "run-rejected", run.pk).status_code == 200


@pytest.mark.slow
def test_a_large_file_is_left_to_the_worker_and_shows_its_progress(officer, ground):
    rows = [[str(n), "吴桂芳", "", f"1380000{n:04d}", "汉族", "1940-03-12"] for n in range(1200)]
    run = exchange.read_file(
        dataset=make_dataset(ground), content=table(rows), name="a.csv", by=accounts.SYSTEM, now=NOW
    )
    post(officer, "run-do", run.pk, "take")
    run.refresh_from_db()
    assert run.state == "waiting"
    assert 'hx-trigger="every 2s"' in page(officer, "run", run.pk).content.decode()
    exchange.take_run(run=run, by=accounts.SYSTEM, now=NOW)
    assert reverse("exchange:run", args=[run.pk]) in page(officer, "run-progress", run.pk).content.decode()


def test_a_secret_of_a_connection_is_sealed_and_never_shown_again(officer):
    told = {"code": "mz", "name": "民政业务库", "url": "mysql://reader@127.0.0.1:1/mz", "password": "geheim-8"}
    assert post(officer, "new-connection", "sql", **told).status_code == 302
    kept = Connection.objects.get()
    assert b"geheim-8" not in bytes(kept.secrets.blob())
    assert "geheim-8" not in str(kept.settings)
    assert "geheim-8" not in page(officer, "connection", "mz").content.decode()
    post(officer, "connection", "mz", name="民政业务库", url="mysql://reader@127.0.0.1:1/mz", password="")
    from linli.exchange.actions.sources import secrets_of

    assert secrets_of(Connection.objects.get()) == {"password": "geheim-8"}


def test_a_stopped_run_is_shown_where_the_source_would_be_asked(officer, ground):
    told = {"name": "交换文件夹", "connector": "drop", "values": {"folder": "."}, "division_id": ground.town.county.id}
    exchange.save_connection(code="c1", **told, by=accounts.SYSTEM, now=NOW)
    row = make_dataset(ground, connection="c1")
    run = Run.objects.create(dataset=row, number=7, how="schedule", state="stopped", started_at=NOW)
    assert "第 7 批" in page(officer, "dataset", row.pk).content.decode()
    answer = post(officer, "ask-now", row.pk)
    assert answer.url == reverse("exchange:run", args=[run.pk])
    assert Run.objects.count() == 1


def test_a_source_is_asked_before_anybody_has_mapped_it(officer, ground, monkeypatch):
    asked = []
    monkeypatch.setattr("linli.exchange.tasks.collect_soon", lambda row: asked.append(row.pk))
    told = {"name": "交换文件夹", "connector": "drop", "values": {"folder": "."}, "division_id": ground.town.county.id}
    exchange.save_connection(code="c1", **told, by=accounts.SYSTEM, now=NOW)
    for code, connection in (("without", ""), ("live", "c1")):
        make_dataset(ground, code, names={}, connection=connection)
        assert post(officer, "ask-now", code).status_code == 302
    assert asked == ["live"]


@pytest.mark.parametrize(("address", "bare"), [
    ("mysql://reader:geheim-8%40@127.0.0.1:1/mz", "mysql://reader@127.0.0.1:1/mz"),
    ("mysql://reader:geheim-8@@127.0.0.1:1/mz", "mysql://reader@127.0.0.1:1/mz"),
    ("postgresql://reader@127.0.0.1/mz?password=geheim-8%40&sslmode=require",
     "postgresql://reader@127.0.0.1/mz?sslmode=require"),
])  # fmt: skip
def test_a_password_inside_an_address_is_sealed_and_not_shown(officer, address, bare):
    from linli.exchange.actions.sources import secrets_of

    assert post(officer, "new-connection", "sql", code="mz", name="民政业务库", url=address).status_code == 302
    kept = Connection.objects.get()
    assert (kept.settings["url"], secrets_of(kept)) == (bare, {"password": "geheim-8@"})
    assert "geheim" not in page(officer, "connection", "mz").content.decode()
    post(officer, "connection", "mz", name="民政业务库", url=address, password="typed")
    assert secrets_of(Connection.objects.get()) == {"password": "typed"}


def test_a_password_inside_an_address_is_refused_where_it_cannot_be_sealed(officer):
    told = {"code": "mz", "name": "接口", "paging": "none", "size": 500, "token_kind": "none"}
    answer = post(officer, "new-connection", "rest", **told, url="https://reader:geheim-8@mz.example/api")
    assert (answer.status_code, Connection.objects.count()) == (422, 0)
    assert "地址中" in answer.content.decode()
    assert post(officer, "new-connection", "rest", **told, url="https://mz.example/api").status_code == 302


@pytest.mark.parametrize("address", [
    "mysql://reader@10.0.0.8:3306/mz", "postgresql://u@/mz?host=@abstract", "https://x.example:8443/a?b=c@d:e@f", "",
])  # fmt: skip
def test_an_address_without_a_password_stays_as_it_is(address):
    assert without_password(address) == (address, "")


def test_the_catalogue_is_handed_out_as_dcat(officer, ground):
    make_dataset(ground, name="低保人员")
    found = page(officer, "sources-catalogue").json()
    (one,) = found["dcat:dataset"]
    assert (one["dct:identifier"], one["dct:title"]) == ("minzheng", "低保人员")
    assert {"csvw:name": "联系电话", "csvw:datatype": "phone"} in one["dcat:distribution"]["csvw:tableSchema"][
        "csvw:column"
    ]


def test_an_officer_of_another_county_finds_nothing(ground, client):
    from linli.accounts.tests.factories import make_division

    run = bring(make_dataset(ground), table())
    far = sign_in(ground, client, make_division("990102000000", "远山县"), "far")
    assert "低保人员" not in page(far, "datasets").content.decode()
    assert page(far, "dataset", "minzheng").status_code == 404
    assert page(far, "run", run.pk).status_code == 404
    assert Dataset.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_many_data_sets(officer, ground, count, django_assert_num_queries):
    for number in range(count):
        bring(make_dataset(ground, f"set{number}"), table())
    page(officer, "datasets")
    with django_assert_num_queries(LIST_QUERIES):
        page(officer, "datasets")


LIST_QUERIES = 5


def test_a_data_set_shows_the_grade_of_its_highest_column(officer, ground):
    row = make_dataset(ground)
    assert grade_of_dataset(row) == 3
    assert str(trust.GRADE_WORDS[3]) in page(officer, "dataset", row.pk).content.decode()
    graded = registry.Graded(5, "01", sensitive=True, mask="phone")
    registry.grade_element(kind="person", code="phone", graded=graded, words="调高", by=accounts.SYSTEM, now=NOW)
    assert str(trust.GRADE_WORDS[5]) in page(officer, "dataset", row.pk).content.decode()
