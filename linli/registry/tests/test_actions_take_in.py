"""What sources say is taken in: cleaned, kept, tied to one identity, believed by element."""

from datetime import timedelta

import pytest
from django.db import connection

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry.models import Entity, Identifier, SourceRecord
from linli.registry.tests.factories import NOW, WU_ID, WU_PHONE, make_wu, say
from linli.trust import api as trust


def test_two_sources_of_one_id_number_speak_of_one_person(ground):
    wu = make_wu(ground.grids["xuefu1"])
    entity = Entity.objects.get()
    assert (entity.id, entity.label, entity.kind) == (wu, "吴桂芳", "person")
    assert entity.community_id == ground.town.community.id
    assert entity.grid_id == ground.grids["xuefu1"].id
    assert entity.attributes["phone"] == "138****1111"
    assert entity.attributes["citizen_id"].endswith("**********2X")
    assert len(entity.origins) == 2


def test_an_old_id_number_of_15_places_is_the_same_person(ground):
    first = say("police", "person", "P1", name="王一", citizen_id="34052419800101001X")
    assert say("civil", "person", "M1", name="王一", citizen_id="340524800101001") == first


def test_ids_and_phones_are_nowhere_plain(ground):
    make_wu(ground.grids["xuefu1"])
    with connection.cursor() as cursor:
        for table in ("registry_entity", "registry_sourcerecord", "registry_identifier", "registry_identity"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            (text,) = cursor.fetchone()
            assert WU_ID not in text
            assert WU_PHONE not in text
            for number in (WU_ID, WU_PHONE):
                assert number.encode().hex() not in text


def test_said_again_word_for_word_is_only_confirmed(ground):
    wu = make_wu(ground.grids["xuefu1"])
    rows = SourceRecord.objects.count()
    later = NOW + timedelta(days=30)
    statement = registry.Statement("V1", {"name": "吴桂芳", "citizen_id": WU_ID, "phone": WU_PHONE}, later)
    taken = registry.take_in(
        source="visits", kind="person", statements=[statement], run="2", by=accounts.SYSTEM, now=later
    )
    assert (taken.new, taken.changed, taken.confirmed, taken.ids["V1"]) == (0, 0, 1, wu)
    assert SourceRecord.objects.count() == rows
    assert SourceRecord.objects.get(source="visits").confirmed_at == later


def test_a_bad_value_is_named_and_the_good_ones_are_taken(ground):
    values = {
        "name": "赵五",
        "citizen_id": "340524198001010011",
        "birth_date": "2030-01-01",
        "sex": "7",
        "education": "20",
    }
    statement = registry.Statement("P9", values, NOW)
    taken = registry.take_in(
        source="police", kind="person", statements=[statement], run="1", by=accounts.SYSTEM, now=NOW
    )
    assert {code for _key, code, _why in taken.problems} == {"citizen_id", "birth_date", "sex"}
    assert Entity.objects.get().attributes == {"name": "赵五", "education": "20"}
    assert not Identifier.objects.exists()


def test_many_statements_of_one_batch_may_speak_of_one_person(ground):
    said = [registry.Statement(f"P{n}", {"name": "吴桂芳", "citizen_id": WU_ID}, NOW) for n in range(3)]
    taken = registry.take_in(source="police", kind="person", statements=said, run="1", by=accounts.SYSTEM, now=NOW)
    assert (taken.new, len(set(taken.ids.values()))) == (1, 1)
    assert SourceRecord.objects.count() == 3


def test_who_may_not_write_takes_nothing_in(ground):
    with pytest.raises(trust.NotAllowed):
        registry.take_in(source="police", kind="person", statements=[], run="1", by=accounts.GUEST, now=NOW)
    with pytest.raises(registry.UnknownSourceError):
        registry.take_in(source="nobody", kind="person", statements=[], run="1", by=accounts.SYSTEM, now=NOW)


@pytest.mark.slow
def test_three_hundred_new_people_cost_as_many_queries_as_five(ground, django_assert_max_num_queries):
    def take(first, count):
        said = [registry.Statement(f"P{n}", {"name": "王一"}, NOW) for n in range(first, first + count)]
        registry.take_in(source="police", kind="person", statements=said, run=str(first), by=accounts.SYSTEM, now=NOW)

    take(0, 5)  # what is read once in a process is read now
    with django_assert_max_num_queries(22):
        take(10, 5)
    with django_assert_max_num_queries(22):
        take(100, 300)
