"""Who is deleted is gone from all that exchange keeps: looked for in every column of every table, and in files."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.actions.forget import forget_copies
from linli.exchange.actions.forget_element import forget_elements
from linli.exchange.actions.judge import judge_pair
from linli.exchange.actions.use import unit_pseudonym
from linli.exchange.models import (
    Batch,
    Correction,
    History,
    LinkageEntry,
    LinkageReview,
    Page,
    Rejected,
    ToForget,
)
from linli.exchange.rules.leaving import Known, Wanted
from linli.exchange.rules.linkage_kinds import unpacked
from linli.exchange.tests.factories import HEADER, bring, make_dataset, table
from linli.exchange.tests.places import NOW, TODAY, WU_ID, WU_PHONE, call, granted
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import deliver_all
from linli.registry import api as registry
from linli.registry.tests.factories import Entity, Identifier, say, viewer
from tests.everything import everything

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
NAME, CARD, OTHER = "吴桂芳", "43999119400312122B1", "990101199508150010"
SAID = "户口簿上是吴桂芳本人签的字"
SLIP = f"{WU_ID[:6]}2{WU_ID[7:]}"
LEDGER = {"trust_ledgerentry", "trust_seal"}


def needles(wu):
    """Return all by which somebody could be told: words, numbers, and the tokens made of them."""
    keyed = list(Identifier.objects.filter(entity_id=wu).values_list("token", flat=True))
    assert len(keyed) == len({WU_ID, WU_PHONE, CARD})
    keyed += [kernel.keyed_token(WU_ID, context="exchange.key"), *Entity.objects.get(pk=wu).subjects]
    keyed.remove(registry.subject_of(wu))  # by this token the ledger and the tombstone know her, and nobody else
    return [NAME, WU_ID, WU_PHONE, WU_PHONE[-8:], CARD, SLIP, *keyed]


def kept_files():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def found(wanted):
    """Return where any of these stands: tables, and files of the media folder."""
    forms = [form for one in wanted for form in (one, one.encode().hex(), json.dumps(one)[1:-1])]
    tables = {table for table, text in everything() if any(form in text for form in forms)}
    return tables - LEDGER, {
        path.name for path in kept_files() if any(form.encode() in path.read_bytes() for form in wanted)
    }


@pytest.fixture
def planted(place):
    """Let Wu come the real way: a file with rows that are set aside, one under her number, one that waits."""
    grid = place.ground.grids["xuefu1"].code
    names = {"姓名": "name", "身份证号": "citizen_id", "联系电话": "phone", "民族": "ethnic", "出生日期": "birth_date",
             "网格": "area_code", "残疾证": "disability_card"}  # fmt: skip
    header = [*HEADER, "网格", "残疾证"]
    dataset = make_dataset(place.ground, names=names, header=header)
    rows = [
        ["1", NAME, WU_ID, WU_PHONE, "汉族", "1940年3月12日", grid, CARD],
        ["2", "王小虎", OTHER, "13800002222", "汉", "1995/8/15", grid, ""],
        ["1", NAME, WU_ID, WU_PHONE, "火星族", "1940-3-12", grid, CARD],
        ["8", NAME, SLIP, "", "汉族", "1940.3.12", grid, ""],
        ["9", "吴 桂芳", "", WU_PHONE, "汉", "三月", grid, ""],
        ["10", NAME, "1", "13900009999", "汉", "1971-01-01", grid, ""],
    ]
    bring(dataset, table(rows, header))
    wu = registry.identities_by_key("person", dataset.source_id, ["1"])["1"].entity_id
    number_known = make_dataset(place.ground, "canlian", names={"姓名": "name", "证件": "citizen_id", "号": "phone"},
                                keys=("证件",), header=["姓名", "证件", "号"], name="残联")  # fmt: skip
    bring(number_known, table([[NAME, WU_ID, WU_PHONE]], ["姓名", "证件", "号"]))
    exchange.read_file(dataset=dataset, content=table(rows, header), name="再.csv", by=accounts.SYSTEM, now=NOW)
    return place, wu, dataset


def doubt_and_judge(place):
    """Let a second source say something similar; somebody decides that they are two."""
    header = ["号", "姓名", "出生日期", "电话"]
    names = {"姓名": "name", "出生日期": "birth_date", "电话": "phone"}
    other = make_dataset(place.ground, "visits", names=names, keys=("号",), header=header)
    bring(other, table([["V1", "吴桂珍", "1940-03-12", WU_PHONE]], header))
    review = LinkageReview.objects.first()
    assert review, "the two look alike"
    judge_pair(review_id=review.pk, step="two", by=accounts.SYSTEM, now=NOW)


def share_and_correct(place, wu):
    """Propose and refuse a correction, propose another; hand two lists in, one of them worked off; verify once."""
    for element, value in (("birth_date", "1941-03-12"), ("phone", "13700003333")):
        paper = exchange.clean_paper(f"%PDF-1.4\n{NAME}\n%%EOF".encode())
        finding = exchange.Finding(wu, element, value, SAID, TODAY, f"{NAME}户口簿", [paper])
        row = exchange.propose_correction(finding=finding, by=place.actor("worker"), now=NOW)
        if element == "birth_date":
            exchange.refuse_correction(
                correction_id=row.pk, words=f"{NAME}户籍底册无误", by=place.actor("police"), now=NOW
            )
    grant = granted(place, elements=("birth_date", "name"), lifted=("name",))
    whom = [{"citizen_id": OTHER}, {"citizen_id": WU_ID}, {"phone": WU_PHONE}]
    done = exchange.hand_in(call=call(place, grant, key="a"), whom=whom)
    exchange.work_off(batch_id=done.pk, now=NOW)
    exchange.hand_in(call=call(place, grant, key="b"), whom=whom)
    exchange.query_one(call=call(place, grant, key="c"), whom={"citizen_id": WU_ID})
    return grant, done


def erase(place, wu, element=""):
    """Delete by two officers, in the base: somebody, or one element."""
    by = [
        accounts.Actor(place.people[name].id, name, "staff",
                       viewer(place.county, "registry.see", "registry.delete", number=n).holdings)
        for n, name in enumerate(("data", "data2"), start=1)
    ]  # fmt: skip
    row = registry.propose_deletion(entity_id=wu, reason="request", words=f"{NAME}本人申请", by=by[0], now=LATER,
                                   element=element)  # fmt: skip
    registry.decide_deletion(deletion_id=row.pk, approved=True, words="", by=by[1], now=LATER)


@pytest.mark.slow
def test_nothing_of_a_deleted_person_stands_anywhere(planted):
    place, wu, dataset = planted
    doubt_and_judge(place)
    grant, done = share_and_correct(place, wu)
    wanted = [*needles(wu), unit_pseudonym(wu, grant.unit_id), SAID]
    before, _files = found(wanted)
    assert len(kept_files()) == 2
    assert before >= {
        "registry_entity", "registry_sourcerecord", "registry_identity", "registry_identityrule", "exchange_rejected",
        "exchange_page", "exchange_correction", "exchange_history", "exchange_batch", "exchange_batchpart",
        "exchange_use",
    }, "the search finds what is there"  # fmt: skip
    erase(place, wu)
    deliver_all()
    assert ToForget.objects.count() == 0
    assert kept_files() == []
    lines = [json.loads(part.lines.reveal()) for part in done.parts.all()]
    assert [line["found"] for line in lines[0]] == [True, False, False], "the list keeps its places"
    assert exchange.work_off(batch_id=Batch.objects.exclude(pk=done.pk).get().pk, now=LATER) == len(lines[0])
    take_others_away(dataset)
    assert found(wanted) == (set(), set())
    assert found([str(wu)])[0] <= {"registry_change", "kernel_journalentry"}, "only that somebody was deleted"
    assert found([registry.subject_of(wu)])[0] == {"registry_deletion"}


@pytest.mark.slow
def test_nothing_of_a_deleted_element_stands_anywhere_and_the_rest_stays(planted):
    place, wu, dataset = planted
    _grant, done = share_and_correct(place, wu)
    tokens = Identifier.objects.filter(entity_id=wu, element="phone").values_list("token", flat=True)
    wanted = [WU_PHONE, WU_PHONE[-8:], "13700003333", accounts.phone_token(WU_PHONE), *tokens]
    assert found(wanted)[0] >= {
        "registry_entity", "registry_sourcerecord", "registry_identifier", "exchange_rejected", "exchange_page",
        "exchange_correction", "exchange_batch",
    }  # fmt: skip
    assert compared(wu)["phone"].any()
    wants_list = apps.get_model("kernel", "JournalEntry").objects.filter(kind="exchange.BatchWanted")
    before = wants_list.count()
    erase(place, wu, element="phone")
    deliver_all()
    assert wants_list.count() == before + 1, "a list that waits is wanted again: its job found it held"
    assert not compared(wu)["phone"].any()
    assert compared(wu)["id"].any()
    assert found(wanted) == (set(), set())
    assert ToForget.objects.count() == 0
    assert [row.element for row in Correction.objects.all()] == ["birth_date"]
    assert len(kept_files()) == 1
    assert Entity.objects.get(pk=wu).label == NAME
    assert any(NAME in row.content.reveal() for row in Rejected.objects.filter(dataset=dataset))
    lines = [json.loads(part.lines.reveal()) for part in done.parts.all()]
    assert [line["found"] for line in lines[0]] == [True, True, True]
    assert forget_elements(ids=[wu], now=LATER) == 0


def compared(wu):
    """Return what linkage compares of somebody."""
    return unpacked([one.row.reveal() for one in LinkageEntry.objects.filter(identity__entity_id=wu)])


def take_others_away(dataset):
    """Take away who is somebody else and was kept: a namesake without another trait, and one with the same phone."""
    namesake = Rejected.objects.get(dataset=dataset)
    assert "13900009999" in namesake.content.reveal(), "a name alone tells nobody"
    namesake.delete()
    page = Page.objects.select_related("run").get()
    assert [cells[1] for _line, cells in json.loads(page.content.reveal())] == ["王小虎", NAME]
    assert page.rows == page.run.rows == 2
    page.delete()
    assert registry.withdraw(source="visits", kind="person", keys=["V1"], by=accounts.SYSTEM, now=LATER) == 1
    deliver_all()


@pytest.mark.slow
def test_a_fact_that_comes_twice_changes_nothing(planted):
    _place, wu, dataset = planted
    erase(*planted[:2])
    assert ToForget.objects.get().entity_id == wu
    assert forget_copies(ids=[wu], now=LATER) == 1
    left = Rejected.objects.count()
    exchange.read_file(dataset=dataset, content=table([["77", NAME, WU_ID, "", "", ""]]), name="新.csv",
                       by=accounts.SYSTEM, now=LATER)  # fmt: skip
    assert forget_copies(ids=[wu], now=LATER) == 0
    assert Rejected.objects.count() == left
    assert Page.objects.filter(run__name="新.csv").exists(), "who is named again after the deletion is new"


@pytest.mark.slow
def test_what_was_merged_into_somebody_goes_with_them(planted):
    place, wu, _dataset = planted
    old = say("police", "person", "P7", name="吴桂香", area_code=place.ground.grids["xuefu1"].code)
    finding = exchange.Finding(old, "birth_date", "1941-03-12", SAID, TODAY)
    exchange.propose_correction(finding=finding, by=place.actor("worker"), now=NOW)
    registry.merge_entities(survivor=wu, absorbed=old, by=accounts.SYSTEM, now=NOW)
    erase(place, wu)
    deliver_all()
    assert found(["吴桂香", SAID]) == (set(), set())
    assert not History.objects.filter(step="propose").exists()
    assert not Entity.objects.filter(pk=old).exists()


def known(**more):
    said = {"entity_id": "e", "kind": "person", "keys": [("civil", "M1")], "numbers": [WU_ID], "phones": [WU_PHONE],
            "names": [NAME], "details": ["1940-03-12", "青石巷7号"]}  # fmt: skip
    return Wanted([Known(**{**said, **more})])


@pytest.mark.parametrize(
    ("cells", "is_hers"),
    [
        (["", "备注：99010119400312122x"], True),
        (["990101400312122"], True),
        ([NAME, "1940年3月12日"], True),
        (["吴 桂 芳", "138-0000-1111"], True),
        ([NAME, "青石巷７号"], True),
        ([NAME, SLIP], True),
        ([NAME, WU_ID[:-1]], True),
        ([NAME], False),
        ([NAME, "1971-01-01"], False),
        (["王小虎", WU_PHONE], False),
        (["王小虎", "1940-03-12"], False),
        ([NAME, OTHER], False),
    ],
)
def test_by_what_a_row_is_told(cells, is_hers):
    assert known().is_row(cells, kind="person", source="civil", key="M2") is is_hers


def test_the_key_of_a_source_tells_and_that_of_another_does_not():
    assert known().is_row(["x"], kind="person", source="civil", key="M1")
    assert not known().is_row(["x"], kind="person", source="police", key="M1")
    assert not known().is_row(["x"], kind="house", source="civil", key="M1")


def test_every_table_says_what_becomes_of_it():
    """The record of the decision names each table of exchange, so that a new one is thought of."""
    text = (Path(__file__).parents[3] / "docs/decisions/0019-what-comes-back.md").read_text(encoding="utf-8")
    models = {model.__name__ for model in apps.get_app_config("exchange").get_models()}
    assert {name for name in models if f"`{name}`" not in text} == set()
