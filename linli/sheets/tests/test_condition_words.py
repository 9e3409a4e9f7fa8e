"""Conditions are written in the words of officers and kept as the dictionary keeps them."""

from types import SimpleNamespace

import pytest

from linli.kernel import api as kernel
from linli.sheets.rules.condition_words import from_words, in_words

FLAG, SEX, DAY = (SimpleNamespace(type=kind, table=table) for kind, table in
                  (("flag", ""), ("code", "sex"), ("date", "")))  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("element", "words", "kept", "shown"),
    [
        (FLAG, "是", "yes", "是"), (FLAG, "Yes", "yes", "是"), (FLAG, "无", "no", "否"), (FLAG, "也许", "也许", "也许"),
        (SEX, "女性", "2", "女性"), (SEX, "女", "2", "女性"), (SEX, "2", "2", "女性"), (SEX, "未", "未", "未"),
        (DAY, "60", "60", "60"), (None, "甲", "甲", "甲"), (SEX, "", "", ""),
    ],
)  # fmt: skip
def test_words_are_kept_as_codes_and_shown_as_words(element, words, kept, shown):
    kernel.load_shipped_codes()
    assert from_words(element, words) == kept
    assert in_words(element, kept) == shown
