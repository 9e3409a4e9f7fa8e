"""Open data: counted by area, small cells kept back, looked at, published, downloaded by anybody; firms give back."""

import csv
import io
from datetime import date, timedelta

import pytest

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.models import Edition, FirmSource, OpenSet
from linli.exchange.tests.places import NOW, TODAY
from linli.registry import api as registry
from linli.registry.tests.factories import say
from linli.trust import api as trust
from tests.snapshot import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(place):
    return plant_people(place)


@kept
def plant_people(place):
    """Let 30 people live in one community, 12 in the other; one is of the other sex there."""
    for name, count, odd in (("xuefu1", 30, 12), ("lanting1", 12, 1)):
        for number in range(count):
            called = f"赵{chr(0x4E00 + 61 * number + 7 * len(name))}"
            say("police", "person", f"{name}-{number}", name=called, sex="2" if number < odd else "1",
                birth_date=f"{1920 + number}-0{len(name)}-01", area_code=place.ground.grids[name].code)  # fmt: skip


def described(place, **more):
    values = {"title": "各社区人口性别", "about": "按现住地统计", "kind": "person", "element": "sex", "by": "community",
              "division_id": place.county, **more}  # fmt: skip
    return exchange.describe_set(described=exchange.Described(**values), by=place.actor("data"), now=NOW)


def published(place, **more):
    row = described(place, **more)
    edition = exchange.count_edition(set_id=row.pk, by=place.actor("data"), now=NOW)
    return row, exchange.publish_edition(edition_id=edition.pk, by=place.actor("data"), now=NOW)


def test_an_edition_is_public_only_when_it_is_published(place, people, client):
    row = described(place)
    edition = exchange.count_edition(set_id=row.pk, by=place.actor("data"), now=NOW)
    assert client.get(f"/open/{row.code}").status_code == 404
    exchange.publish_edition(edition_id=edition.pk, by=place.actor("data"), now=NOW)
    assert "各社区人口性别" in client.get("/open").content.decode()
    assert client.get(f"/open/{row.code}").status_code == 200
    assert f'href="/open/{row.code}"' in client.get("/open").content.decode(), "it leads to the public page"


def test_the_single_one_of_a_community_is_not_given_away(place, people, client):
    row, edition = published(place)
    assert edition.kept_back == 4
    text = client.get(f"/open/{row.code}.csv").content.decode("utf-8-sig")
    heads, *lines = list(csv.reader(io.StringIO(text)))
    assert heads[:2] == ["area_code", "area"]
    assert [line[-1] for line in lines] == ["30", "12", "42"]
    assert all(cell == "" for line in lines[:2] for cell in line[2:-1])


def test_the_files_say_what_they_are(place, people, client):
    row, _edition = published(place)
    body = client.get(f"/open/{row.code}.json").json()
    assert body["metadata"]["@type"] == "dcat:Dataset"
    assert body["metadata"]["dct:publisher"] == "县社会治理中心"
    catalogue = client.get("/open/catalogue.jsonld").json()
    assert [one["dct:identifier"] for one in catalogue["dcat:dataset"]] == [row.code]


def test_an_older_edition_stays_as_it_was(place, people, client):
    row, first = published(place, element="birth_date", by="street")
    say("police", "person", "new", name="赵七", sex="1", birth_date="1950-01-01",
        area_code=place.ground.grids["xuefu1"].code)  # fmt: skip
    second = exchange.count_edition(set_id=row.pk, by=place.actor("data"), now=NOW)
    exchange.publish_edition(edition_id=second.pk, by=place.actor("data"), now=NOW)
    assert client.get(f"/open/{row.code}.json?version=1").json()["row_totals"] == first.table["row_totals"] == [42]
    assert client.get(f"/open/{row.code}.json").json()["row_totals"] == [43]
    with pytest.raises(exchange.RefusedError):
        exchange.publish_edition(edition_id=second.pk, by=place.actor("data"), now=NOW)
    assert client.get(f"/open/{row.code}.json?version=9").status_code == 404


def test_an_element_is_published_in_one_table_only(place, people):
    described(place)
    with pytest.raises(exchange.TermsRefusedError):
        described(place, by="street")


@pytest.mark.parametrize("element", ["name", "low_income", "phone", "nothing"])
def test_what_names_somebody_or_is_sensitive_is_never_counted(place, element):
    with pytest.raises(exchange.TermsRefusedError):
        described(place, element=element)


def test_too_few_people_are_not_published(place):
    row = described(place)
    with pytest.raises(exchange.RefusedError):
        exchange.count_edition(set_id=row.pk, by=place.actor("data"), now=NOW)
    assert not Edition.objects.exists()


def test_only_who_publishes_over_the_area_may(place, people):
    row = described(place)
    for name in ("asker", "worker"):
        with pytest.raises(trust.NotAllowed):
            exchange.count_edition(set_id=row.pk, by=place.actor(name), now=NOW)
    exchange.end_set(set_id=row.pk, by=place.actor("data2"), now=NOW)
    assert OpenSet.objects.get().ended_at == NOW


def test_a_firm_is_a_source_under_its_contract(place):
    contract = exchange.Contract("青禾水务公司", "HT-2026-7", "独居老人用水异常预警", TODAY, TODAY)
    firm = exchange.register_firm(
        contract=contract, unit_id=place.units["centre"].pk, by=place.actor("data"), now=NOW
    )  # fmt: skip
    assert FirmSource.objects.get(pk=firm.pk).source.name == "青禾水务公司"
    with pytest.raises(exchange.TermsRefusedError):
        exchange.register_firm(contract=contract, unit_id=place.units["centre"].pk, by=place.actor("data"), now=NOW)


def test_a_set_whose_element_rose_to_a_sensitive_grade_is_public_no_more(place, people, client):
    row, _edition = published(place)
    assert client.get(f"/open/{row.code}").status_code == 200
    graded = registry.Graded(4, "01", sensitive=True, mask="all")
    registry.grade_element(kind="person", code="sex", graded=graded, words="调高", by=accounts.SYSTEM, now=NOW)
    assert client.get(f"/open/{row.code}").status_code == 404
    assert row.title not in client.get("/open").content.decode()
    with pytest.raises(exchange.RefusedError, match="级别已调高"):
        exchange.count_edition(set_id=row.pk, by=place.actor("data"), now=NOW)


def decided(row, place, **more):
    said = {"way": "anonymised", "words": "按社区汇总，小数抑制", "grade": 1, "until": TODAY, **more}
    return exchange.decide_deidentified(
        set_id=row.pk, said=exchange.Deidentifying(**said), by=accounts.SYSTEM, now=NOW
    )  # fmt: skip


def test_the_grade_stands_on_the_page_in_the_list_and_for_machines(place, people, client, time_machine):
    time_machine.move_to(NOW)
    row, _edition = published(place)
    assert client.get(f"/open/{row.code}.json").json()["metadata"]["linli:grade"] == 2
    (listed,) = client.get("/open/catalogue.jsonld").json()["dcat:dataset"]
    assert listed["linli:grade"] == 2
    for path in ("/open", f"/open/{row.code}"):
        assert "一般数据2级" in client.get(path).content.decode()


def test_only_a_decision_lowers_the_grade_until_its_day_and_while_the_element_stays(
    place, people, client, time_machine
):
    time_machine.move_to(NOW)
    row, _edition = published(place)
    decision = decided(row, place)
    assert (decision.fewest >= decision.least, decision.stood_on) == (True, 2)
    page = client.get(f"/open/{row.code}").content.decode()
    assert "一般数据1级" in page
    assert "匿名化" in page
    time_machine.move_to(NOW + timedelta(days=1))
    assert "一般数据2级" in client.get(f"/open/{row.code}").content.decode()
    time_machine.move_to(NOW)
    graded = registry.Graded(3, "01", sensitive=False, mask="all")
    registry.grade_element(kind="person", code="sex", graded=graded, words="调高", by=accounts.SYSTEM, now=NOW)
    assert "一般数据3级" in client.get(f"/open/{row.code}").content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(("more", "field"), [
    ({"grade": 2}, "grade"), ({"way": "deidentified"}, "grade"), ({"way": "x"}, "way"), ({"words": " "}, "words"),
    ({"until": date(2020, 1, 1)}, "until"),
])  # fmt: skip
def test_a_decision_that_lowers_nothing_or_says_nothing_is_refused(place, people, more, field):
    row, _edition = published(place)
    with pytest.raises(exchange.TermsRefusedError) as refused:
        decided(row, place, **more)
    assert refused.value.field == field


def test_an_edition_with_too_few_and_who_counted_it_are_refused(place, people):
    row, edition = published(place)
    said = exchange.Deidentifying("anonymised", "x", 1, TODAY)
    with pytest.raises(exchange.RefusedError, match="统计"):
        exchange.decide_deidentified(set_id=row.pk, said=said, by=place.actor("data"), now=NOW)
    edition.table["row_totals"][0] = row.least - 1
    edition.save()
    with pytest.raises(exchange.RefusedError, match=str(row.least - 1)):
        decided(row, place)
