"""Runs: a file becomes statements of the base; what is wrong is named and kept; nothing is taken twice."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.models import Page, Rejected, Run
from linli.exchange.tests.factories import (
    HEADER,
    LI_ID,
    NOW,
    ROWS,
    TENANT_ID,
    bring,
    figures,
    make_dataset,
    table,
)
from linli.registry.tests.factories import Entity, SourceRecord
from linli.trust import api as trust

LATER = NOW + timedelta(days=1)


def told(run):
    return {row.line: [(one["column"], one["sentence"]) for one in row.reasons] for row in run.rejected_rows.all()}


@pytest.mark.slow
def test_a_file_becomes_people_of_the_base_with_a_report(ground):
    run = bring(make_dataset(ground), table())
    assert figures(run) == {"rows": 2, "new": 2, "changed": 0, "confirmed": 0, "rejected": 0, "partly": 0}
    assert (run.state, run.quality) == ("done", {"complete": 1.0, "valid": 1.0, "unique": 1.0, "timely": 1.0})
    wu = Entity.objects.get(label="吴桂芳")
    assert (wu.attributes["birth_date"], wu.attributes["ethnic"]) == ("1940-03-12", "01")
    assert set(SourceRecord.objects.values_list("run", flat=True)) == {str(run.id)}
    assert not Page.objects.exists()


@pytest.mark.slow
def test_the_same_file_again_is_confirmed_and_nothing_is_doubled(ground):
    dataset = make_dataset(ground)
    bring(dataset, table())
    again = bring(dataset, table(), now=LATER)
    assert figures(again) == {"rows": 2, "new": 0, "changed": 0, "confirmed": 2, "rejected": 0, "partly": 0}
    assert (Entity.objects.count(), SourceRecord.objects.count(), again.number) == (2, 2, 2)


def test_wrong_rows_are_named_and_kept_and_the_others_are_taken(ground):
    rows = [
        *ROWS,
        ["3", "李青", LI_ID[:-1] + "0", "13800003333", "汉族", "1980-01-01"],
        ["4", "赵未来", "", "13800004444", "汉族", "2050-01-01"],
        ["", "无编号", "", "", "", ""],
        ["6", "", "", "", "", ""],
    ]
    run = bring(make_dataset(ground), table(rows))
    assert figures(run) == {"rows": 6, "new": 3, "changed": 0, "confirmed": 0, "rejected": 3, "partly": 1}
    assert [column for column, _ in told(run)[4]] == ["身份证号"]
    assert [column for column, _ in told(run)[5]] == ["出生日期"]
    assert [column for column, _ in told(run)[6]] == [""]
    assert Entity.objects.filter(label="赵未来").exists()
    assert not Entity.objects.filter(label="李青").exists()
    assert b"13800003333" not in bytes(Rejected.objects.get(line=4).content.blob())


@pytest.mark.slow
def test_a_missing_column_stops_the_run_before_anything_is_taken(ground):
    dataset = make_dataset(ground)
    bring(dataset, table())
    header = [*HEADER[:3], "手机", *HEADER[4:]]
    run = bring(dataset, table(header=header), now=LATER)
    assert (run.state, run.done, run.rows) == ("stopped", 0, 2)
    assert len(run.notes) == 1
    assert "联系电话" in run.notes[0]
    assert SourceRecord.objects.count() == 2
    names = {"姓名": "name", "身份证号": "citizen_id", "手机": "phone", "民族": "ethnic", "出生日期": "birth_date"}
    make_dataset(ground, names=names, header=header)
    run = exchange.take_run(run=run, by=accounts.SYSTEM, now=LATER)
    assert (run.state, run.confirmed) == ("done", 2)


def test_columns_that_changed_places_under_their_names_stop_the_run(ground):
    people = [[str(n), "吴桂芳", "", f"1380000{n:04d}", "汉族", "1940-03-12"] for n in range(30)]
    dataset = make_dataset(ground)
    bring(dataset, table(people))
    run = bring(dataset, table([[*row[:3], row[4], row[3], row[5]] for row in people]), now=LATER)
    assert (run.state, run.done) == ("stopped", 0)
    assert {"联系电话" in note or "民族" in note for note in run.notes} == {True}


@pytest.mark.slow
def test_a_preview_counts_and_writes_nothing(ground):
    dataset = make_dataset(ground)
    run = exchange.read_file(dataset=dataset, content=table(), name="a.csv", by=accounts.SYSTEM, now=NOW)
    seen = exchange.preview(run=run, by=accounts.SYSTEM, now=NOW)
    assert (seen.rows, seen.new, seen.rejected) == (2, 2, 0)
    assert (Entity.objects.count(), Run.objects.get().done) == (0, 0)


@pytest.mark.slow
def test_an_interrupted_run_goes_on_without_doubling(ground, monkeypatch):
    dataset = make_dataset(ground)
    rows = [[str(n), "吴桂芳", "", f"1380000{n:04d}", "汉族", "1940-03-12"] for n in range(1100)]
    run = exchange.read_file(dataset=dataset, content=table(rows), name="a.csv", by=accounts.SYSTEM, now=NOW)

    def die(_run):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exchange.take_run(run=run, by=accounts.SYSTEM, now=NOW, progress=die)
    assert Run.objects.get().done == 500
    run = exchange.take_run(run=Run.objects.get(), by=accounts.SYSTEM, now=NOW)
    assert (run.done, run.new, run.state, Entity.objects.count()) == (1100, 1100, "done", 1100)


def test_a_corrected_row_is_taken_and_a_wrong_correction_is_not(ground):
    from linli.exchange.actions.quarantine import StillWrongError

    run = bring(make_dataset(ground), table([["3", "李青", LI_ID[:-1] + "0", "13800003333", "汉族", "1980-01-01"]]))
    row = run.rejected_rows.get()
    with pytest.raises(StillWrongError):
        exchange.correct_row(row=row, cells={"联系电话": "13800003334"}, by=accounts.SYSTEM, now=LATER)
    exchange.correct_row(row=row, cells={"身份证号": LI_ID}, by=accounts.SYSTEM, now=LATER)
    row.refresh_from_db()
    assert (row.outcome, Entity.objects.get().label) == ("corrected", "李青")
    with pytest.raises(exchange.ExchangeRefusedError):
        exchange.let_go(row=row, by=accounts.SYSTEM, now=LATER)


def test_who_looks_after_no_sources_is_refused(ground):
    from linli.registry.tests.factories import viewer

    dataset = make_dataset(ground)
    with pytest.raises(trust.NotAllowed):
        bring(dataset, table(), by=viewer(ground.town.county.id, "registry.write"))
    assert TENANT_ID not in str(Run.objects.all())
