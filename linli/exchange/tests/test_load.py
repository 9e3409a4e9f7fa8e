"""A first load: what it makes of a file is what the small path makes of it, also when it is killed in the middle."""

import csv
import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from linli.accounts import api as accounts
from linli.exchange.actions.load import load_file
from linli.exchange.models import LinkageEntry, LinkageReview, Rejected, Run, Stretch
from linli.exchange.rules import stretches
from linli.exchange.rules.people import ELEMENTS, HEADER, people
from linli.exchange.rules.refusals import ColumnsChangedError
from linli.exchange.tests.factories import NOW, bring, figures, make_dataset
from linli.kernel import api as kernel
from linli.registry.tests.factories import Entity, Identifier, Identity, Load, SourceRecord

NAMES = {name: code for name, code in zip(HEADER, ELEMENTS, strict=True) if code}


def make_file(path, count, areas, *, encoding="utf-8", seed=7):
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        out.writerows(people(count, seed=seed, areas=areas))
    return path


def make_people(ground):
    return make_dataset(ground, "people", names=NAMES, header=HEADER, department="公安")


def areas_of(ground):
    return [grid.code for grid in ground.grids.values()]


def golden():
    """Return everything that is believed and kept, by the key at the source, without ids and ciphers."""
    columns = [field.attname for field in Entity._meta.concrete_fields]
    left_out = {"id", "sealed", "origins", "subjects", "changed_at"}
    keys = {}
    for key, entity in Identity.objects.order_by("key").values_list("key", "entity_id"):
        keys.setdefault(entity, key)
    found = {}
    for one in Entity.objects.all():
        plain = {name: getattr(one, name) for name in columns if name not in left_out}
        origins = sorted((str(SourceRecord.objects.get(pk=pk).key), sorted(codes)) for pk, codes in one.origins.items())
        tokens = sorted(one.identifiers.values_list("element", "token"))
        sealed = one.sealed.reveal() if one.sealed else ""
        found[keys[one.id]] = (plain, origins, tokens, sealed, one.subjects[1:])
    records = {
        (one.key, one.payload.reveal(), one.digest, str(one.problems), one.observed_at, one.confirmed_at,
         one.valid_from, one.valid_to, one.is_verified, one.by)
        for one in SourceRecord.objects.all()
    }  # fmt: skip
    index = {
        entry.identity.key: (entry.row.reveal(), sorted(entry.keys.values_list("key", flat=True)))
        for entry in LinkageEntry.objects.select_related("identity")
    }
    return found, records, index


@pytest.mark.slow
def test_a_first_load_makes_what_the_small_path_makes(ground, tmp_path, monkeypatch):
    monkeypatch.setattr(stretches, "ROWS", 90)
    path = make_file(tmp_path / "people.csv", 400, areas_of(ground))
    dataset = make_people(ground)
    small = bring(dataset, path.read_bytes(), "people.csv")
    assert small.state == "done", small.notes
    small_figures, small_quality, small_golden = figures(small), small.quality, golden()
    wrong = set(Rejected.objects.values_list("line", "is_whole"))
    for model in (Rejected, SourceRecord, Identity, Identifier, Entity, Run):
        model.objects.all().delete()
    run = load_file(dataset=dataset, path=path, by=accounts.SYSTEM, now=NOW, processes=0)
    assert run.is_first
    assert golden() == small_golden
    assert figures(run) | {"new": 0, "changed": 0, "confirmed": 0} == small_figures | {
        "new": 0, "changed": 0, "confirmed": 0,
    }  # fmt: skip
    assert run.new + run.changed + run.confirmed == small.new + small.changed + small.confirmed
    assert (run.state, run.quality["valid"]) == ("done", small_quality["valid"])
    assert set(Rejected.objects.values_list("line", "is_whole")) == wrong
    assert not Load.objects.exists()
    assert not Stretch.objects.exists()


@pytest.mark.slow
def test_rows_of_a_first_load_that_share_a_number_are_one_and_the_newest_is_believed(ground, tmp_path, monkeypatch):
    monkeypatch.setattr(stretches, "ROWS", 4)
    grids = areas_of(ground)
    header = ["编号", "姓名", "公民身份号码", "联系电话", "现住地区划代码", "现住址", "日期"]
    names = dict(zip(header[1:-1], ("name", "citizen_id", "phone", "area_code", "address"), strict=True))
    rows = [
        ["1", "吴桂芳", "99010119400312122X", "13800001111", grids[0], "翠竹花园3栋2单元501室", "2026-03-01"],
        ["2", "李青", "990101198001010014", "13800002222", grids[0], "青石巷7号", "2026-02-01"],
        ["3", "王虎", "990101199508150010", "13800003333", grids[1], "学府名苑1栋101室", "2026-02-01"],
        ["4", "赵七", "99010119400312122", "13800004444", grids[0], "", "2026-02-01"],
        ["5", "吴桂花", "990101400312122", "", grids[1], "青石巷8号", "2026-02-01"],
        ["6", "钱八", "", "13800001111", grids[1], "桂花路8号1栋101室", ""],
        ["7", "李青", "990101198001010014", "123", grids[1], "青石巷9号", "2026-04-01"],
        ["8", "孙九", "", "", "", "", "2026-02-01"],
        ["9", "吴桂芳", "99010119400312122x", "13800005555", "", "", "2026-04-01"],
        ["3", "王小虎", "990101199508150010", "13800003333", grids[1], "", "2026-05-01"],
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in [header, *rows]), encoding="utf-8")
    dataset = make_dataset(ground, names=names, header=header)
    dataset.observed_column = "日期"
    dataset.save()
    small = bring(dataset, path.read_bytes(), "a.csv")
    small_figures, small_quality, small_golden = figures(small), small.quality, golden()
    for model in (Rejected, SourceRecord, Identity, Identifier, Entity, Run):
        model.objects.all().delete()
    run = load_file(dataset=dataset, path=path, by=accounts.SYSTEM, now=NOW, processes=0)
    assert run.is_first
    assert golden() == small_golden
    assert (figures(run), run.quality) == (small_figures, small_quality)
    assert (run.new, Entity.objects.count(), Identity.objects.count(), run.repeated) == (5, 5, 8, 1)
    assert Entity.objects.get(label="吴桂芳").whole()["phone"] == "13800005555"


@pytest.mark.slow
def test_a_load_into_a_base_that_holds_something_ties_to_whom_it_knows(ground, tmp_path, monkeypatch):
    monkeypatch.setattr(stretches, "ROWS", 30)
    dataset = make_people(ground)
    first = make_file(tmp_path / "first.csv", 50, areas_of(ground))
    bring(dataset, first.read_bytes())
    held = Entity.objects.count()
    path = make_file(tmp_path / "people.csv", 100, areas_of(ground), encoding="gb18030")
    run = load_file(dataset=dataset, path=path, by=accounts.SYSTEM, now=NOW, processes=0)
    assert not run.is_first
    assert run.new == Entity.objects.count() - held
    assert run.done == run.rows == 100
    assert run.confirmed >= 45
    again = load_file(dataset=dataset, path=path, by=accounts.SYSTEM, now=NOW, processes=0)
    assert (again.new, again.changed) == (0, 0)


def test_who_is_like_somebody_known_is_not_loaded_as_somebody_new(ground, tmp_path):
    header = ["编号", "姓名", "出生日期", "联系电话", "现住址"]
    names = dict(zip(header[1:], ("name", "birth_date", "phone", "address"), strict=True))
    dataset = make_dataset(ground, "health", names=names, header=header, department="卫生健康")

    def file(name, *rows):
        (tmp_path / name).write_text("\n".join(",".join(row) for row in (header, *rows)), encoding="utf-8")
        return tmp_path / name

    def load(path):
        return load_file(dataset=dataset, path=path, by=accounts.SYSTEM, now=NOW, processes=0)

    load(file("a.csv", ["1", "吴桂芳", "1940-03-12", "13800001111", "翠竹花园3栋2单元501室"]))
    run = load(file("b.csv", ["2", "吴桂芳", "1940-03-12", "13800001111", "翠竹花园3栋2单元501室"],
                             ["3", "赵七", "1971-01-02", "13900002222", "桂花路8号1栋101室"]))  # fmt: skip
    assert (run.new, Entity.objects.count(), Identity.objects.count()) == (1, 2, 3)
    assert LinkageEntry.objects.count() == 3


@pytest.mark.slow
def test_pairs_in_doubt_wait_for_a_person_after_a_first_load(ground, tmp_path):
    header = ["编号", "姓名", "出生日期", "联系电话", "现住址"]
    names = dict(zip(header[1:], ("name", "birth_date", "phone", "address"), strict=True))
    dataset = make_dataset(ground, "health", names=names, header=header, department="卫生健康")
    rows = [[str(n), "吴桂芳", "1940-03-12", "13800001111", "翠竹花园3栋2单元501室"] for n in (1, 2)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in (header, *rows)), encoding="utf-8")
    run = load_file(dataset=dataset, path=path, by=accounts.SYSTEM, now=NOW, processes=0)
    assert (run.is_first, run.new, LinkageReview.objects.count()) == (True, 2, 1)


def test_a_load_whose_columns_changed_places_takes_nothing(ground, tmp_path):
    path = make_file(tmp_path / "people.csv", 60, areas_of(ground))
    text = path.read_text(encoding="utf-8").replace("联系电话", "民族?", 1).replace("民族,", "联系电话,", 1)
    path.write_text(text.replace("民族?", "民族", 1), encoding="utf-8")
    with pytest.raises(ColumnsChangedError):
        load_file(dataset=make_people(ground), path=path, by=accounts.SYSTEM, now=NOW, processes=0)
    assert not Run.objects.exists()


def test_one_person_under_an_old_and_a_new_number_is_one(ground, tmp_path):
    numbers = ("99010119400312122X", "990101400312122", "９９０１０１１９４００３１２１２２x")
    rows = [[str(place), "吴桂芳", number] for place, number in enumerate(numbers)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in [["编号", "姓名", "公民身份号码"], *rows]), encoding="utf-8")
    names = {"姓名": "name", "公民身份号码": "citizen_id"}
    dataset = make_dataset(ground, names=names, header=["编号", "姓名", "公民身份号码"])
    run = load_file(dataset=dataset, path=path, by=accounts.SYSTEM, now=NOW, processes=0)
    assert (run.new, Entity.objects.count(), Identity.objects.count()) == (1, 1, 3)


def test_quoted_line_breaks_do_not_move_a_stretch(tmp_path, monkeypatch):
    monkeypatch.setattr(stretches, "ROWS", 2)
    path = tmp_path / "a.csv"
    path.write_text('编号,姓名\n1,"吴\n桂芳"\n2,李青\n3,"王""小虎"\n', encoding="gb18030")
    found = stretches.scan(path, known=["姓名"], columns=lambda _header: [(0,)])
    rows = [
        row for one in found.stretches
        for row in stretches.read_stretch(path, one, encoding=found.encoding, delimiter=",", width=2)
    ]  # fmt: skip
    assert rows == [(2, ["1", "吴\n桂芳"]), (4, ["2", "李青"]), (5, ["3", '王"小虎'])]
    told = {"encoding": found.encoding, "delimiter": ",", "width": 2}
    assert list(stretches.read_lines(path, found.stretches[0], [4, 2], **told)) == rows[:2]
    assert list(stretches.read_lines(path, found.stretches[0], [4], **told)) == rows[1:2]


def test_lines_that_share_a_number_are_bundled_and_those_that_share_a_key_are_single(tmp_path, monkeypatch):
    monkeypatch.setattr(stretches, "ROWS", 2)
    path = tmp_path / "a.csv"
    path.write_text(
        '编号,姓名,号码\n1,"吴\n芳",990101400312122\n２,李,\n3,王,8\n2,李,7\n5,吴,8\n6,吴,99010119400312122X\n7,赵,7\n'
    )
    found = stretches.scan(path, known=["姓名"], columns=lambda _header: [(0,), (2,)])
    assert [(one.line, one.rows, set(one.single), set(one.bundled)) for one in found.stretches] == [
        (2, 2, {4}, {2}), (5, 2, {6}, {5}), (7, 2, set(), {7, 8}), (9, 1, {9}, set()),
    ]  # fmt: skip
    told = {"encoding": found.encoding, "delimiter": ",", "width": 3}
    bundled = [[line for line, _row in stretches.read_stretch(path, one, **told)] for one in found.bundles]
    assert (bundled, [one.line for one in found.bundles]) == ([[2, 8], [5, 7]], [10, 11])
    assert next(stretches.read_stretch(path, found.bundles[0], **told))[1] == ["1", "吴\n芳", "990101400312122"]
    nameless = stretches.scan(path, known=["姓名"], columns=lambda _header: [(), (2,)])
    assert (nameless.bundles, sum(len(one.single) for one in nameless.stretches)) == ([], 6)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_load_that_is_killed_goes_on_and_nothing_is_lost_or_doubled(tmp_path, monkeypatch):
    from linli.exchange.tests.conftest import _exchange_ground

    monkeypatch.delenv("LINLI_KEY_RING")
    monkeypatch.setenv("LINLI_DATA", str(tmp_path))
    kernel.forget_keys()
    ground = _exchange_ground.__wrapped__() if hasattr(_exchange_ground, "__wrapped__") else _exchange_ground()
    make_people(ground)
    path = make_file(tmp_path / "people.csv", 24_000, areas_of(ground))
    told = connection.get_connection_params()
    url = " ".join(f"{name}={told[name]}" for name in ("dbname", "user", "password", "host", "port") if told.get(name))
    command = [sys.executable, "-m", "django", "base", str(path), "--source", "people", "--load"]
    environment = {**os.environ, "LINLI_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "linli.site.settings"}
    process = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL)
    limit = time.monotonic() + 180  # on a busy machine
    while not Stretch.objects.exists() and time.monotonic() < limit:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert 0 < Stretch.objects.count() < 24_000 / stretches.ROWS
    subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    run = Run.objects.get()
    assert (run.state, run.done) == ("done", 24_000)
    assert run.new == Entity.objects.count()
    assert Identity.objects.count() == 24_000 - run.rejected
    assert Identifier.objects.filter(element="citizen_id").values("token").distinct().count() == Entity.objects.count()
    assert not Load.objects.exists()
