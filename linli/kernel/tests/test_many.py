"""What is done for many at once: ids, seals, tokens, rows of a COPY, answers that are remembered."""

from itertools import repeat

import pytest
from django.db import connection

from linli.kernel import api as kernel
from linli.kernel.rules import copying


def test_ids_of_a_batch_are_in_order_and_behind_those_of_before():
    before, ids, after = kernel.uuid7(), kernel.uuid7s(10_000), kernel.uuid7()
    assert [before, *ids, after] == sorted({before, *ids, after})
    assert {(one.version, one.variant) for one in ids} == {(7, "specified in RFC 4122")}
    assert kernel.uuid7s(0) == []


@pytest.mark.usefixtures("keys_in_memory")
def test_texts_sealed_together_open_one_by_one_and_none_like_another():
    blobs = kernel.seal_all(["吴桂芳", "吴桂芳", ""], context="c")
    assert len({blob[3:15] for blob in blobs}) == 3
    assert [kernel.unseal(blob, context="c") for blob in blobs] == ["吴桂芳", "吴桂芳", ""]
    assert kernel.unseal_all(blobs, context="c") == ["吴桂芳", "吴桂芳", ""]
    for wrong in (blobs[0][:-1], blobs[0][:10], b"", b"x" * 50):
        with pytest.raises(kernel.UnreadableError):
            kernel.unseal_all([blobs[1], wrong], context="c")
    assert kernel.seal_all([], context="c") == []


@pytest.mark.usefixtures("keys_in_memory")
def test_tokens_of_many_are_those_of_each():
    assert kernel.keyed_tokens(["a", "b"], context="c") == [kernel.keyed_token(one, context="c") for one in "ab"]


@pytest.mark.django_db
def test_rows_made_of_columns_are_read_back_as_they_were():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE copied (number bigint, name text, words varchar[], is_open boolean)")
        numbers, names = map(copying.big, (1, None)), [copying.text("吴"), copying.text("a\0b")]
        filled = copying.rows(numbers, names, repeat(copying.texts(["x", "y"])), repeat(copying.YES))
        copying.into(cursor, "copied", "number, name, words, is_open", filled)
        cursor.execute("SELECT * FROM copied")
        assert cursor.fetchall() == [(1, "吴", ["x", "y"], True), (None, "ab", ["x", "y"], True)]


def test_only_so_many_answers_are_remembered():
    asked = []
    known = kernel.Remembered(lambda one: asked.append(one) or one * 2, most=1)
    assert [known[one] for one in (1, 1, 2, 2)] == [2, 2, 4, 4]
    assert asked == [1, 2, 2]
