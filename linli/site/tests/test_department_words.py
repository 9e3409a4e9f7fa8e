"""What further departments say is in the dictionary, and follows from what the police know."""

from datetime import date

from linli.registry import api as registry
from linli.site.rules import department_words as words

TODAY = date(2026, 11, 23)


def told(year, number=0):
    said = {"name": "甲", "sex": "1", "birth_date": f"{year}-02-01", "citizen_id": "99010119400312122X"}
    people = words.known_people([*[("P0000001", said)] * number, ("P0000002", said)], TODAY)
    return {
        source: values for source, _kind, _key, values in words.of_people(people[-1:], frozenset(["0000002"]), TODAY)
    }


def test_everything_said_is_a_data_element():
    known = {(one.kind, one.code) for one in registry.shipped_elements()}
    said = [("person", code) for year in (1940, 1990, 2016) for one in told(year).values() for code in one]
    home = ("H1", {"number": "1", "head_name": "甲", "size": 3})
    house = ("F1", {"address_code": "1", "address": "1", "rented": "是"})
    shop = ("B1", {"credit_code": "1", "name": "1", "legal_person": "甲", "phone": "1"})
    for found in (words.of_households([home]), words.of_houses([house], TODAY), words.of_shops([shop])):
        said += [(kind, code) for _source, kind, _key, values in found for code in values]
    assert said
    assert set(said) <= known


def test_only_whom_it_concerns_is_spoken_of():
    assert "school" in told(2016)["schools"]
    assert "party" not in told(2016)
    assert "treasury" in told(1940)
    assert "party" not in told(1940, number=1), "one in nine"
