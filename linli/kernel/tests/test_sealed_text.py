"""Sealed text does not slip out and comes back as it was."""

import copy
import pickle

import pytest
from django.core.exceptions import FieldError
from django.db import models
from django.template import Context, Template
from django.test.utils import isolate_apps

from linli.kernel.models.sealed import SealedText, SealedTextField, reveal_all
from linli.kernel.rules import sealing

PHONE = "13812345678"


@pytest.fixture(autouse=True)
def _keys_of_its_own(keys_in_memory):
    """Every test has keys of its own."""


@pytest.fixture
def contact():
    with isolate_apps("linli.kernel"):

        class Contact(models.Model):
            phone = SealedTextField(context="test.phone", null=True)

            class Meta:
                app_label = "kernel"

        yield Contact


def test_sealed_text_does_not_slip_out(contact):
    phone = contact(phone=PHONE).phone
    shown = [str(phone), repr(phone), f"{phone}", "%s %r" % (phone, phone), repr({"phone": phone})]  # noqa: UP031
    shown.append(Template("{{ phone }}").render(Context({"phone": phone})))
    assert not any(PHONE in text for text in shown)
    assert PHONE.encode() not in pickle.dumps(phone)
    assert phone.reveal() == PHONE


def test_sealed_text_goes_to_the_column_as_a_blob_and_comes_back(contact):
    field = contact._meta.get_field("phone")
    blob = field.get_prep_value(PHONE)
    assert PHONE.encode() not in blob
    assert field.from_db_value(memoryview(blob), None, None).reveal() == PHONE
    assert sealing.unseal(blob, context="test.phone") == PHONE


def test_sealed_text_that_was_not_touched_is_stored_as_it_was(contact):
    field = contact._meta.get_field("phone")
    blob = field.get_prep_value(PHONE)
    read = field.from_db_value(blob, None, None)
    assert field.get_prep_value(read) == blob


def test_sealed_text_knows_none_and_empty(contact):
    field = contact._meta.get_field("phone")
    assert contact(phone=None).phone is None
    assert field.get_prep_value(None) is None
    assert field.get_prep_value("") == b""
    assert not contact(phone="").phone
    assert contact(phone="").phone.reveal() == ""


def test_sealed_text_equals_by_text():
    one, two = (SealedText(context="c", text=PHONE) for _ in range(2))
    assert one == two
    assert hash(one) == hash(two)
    assert one != PHONE
    assert copy.deepcopy(one) is one
    assert pickle.loads(pickle.dumps(one)) == one


def test_texts_of_one_column_are_revealed_together():
    here = [
        SealedText(context="c", text=PHONE),
        None,
        SealedText(context="c", blob=b""),
        SealedText(context="c", text="x"),
    ]
    stored = [SealedText(context="c", blob=one.blob()) if one else None for one in here]
    assert reveal_all(stored) == [PHONE, "", "", "x"]
    assert reveal_all([None]) == [""]
    with pytest.raises(ValueError, match="several columns"):
        reveal_all([*stored, SealedText(context="d", text="x")])


def test_sealed_field_refuses_to_be_searched(contact):
    for lookup in ("phone", "phone__contains", "phone__in"):
        with pytest.raises(FieldError, match="keyed token"):
            str(contact.objects.filter(**{lookup: PHONE}).query)
    assert "IS NULL" in str(contact.objects.filter(phone__isnull=True).query)


def test_sealed_field_describes_itself_to_migrations():
    _, path, _, kwargs = SealedTextField(context="a.b").deconstruct()
    assert (path, kwargs) == ("linli.kernel.models.sealed.SealedTextField", {"context": "a.b"})
