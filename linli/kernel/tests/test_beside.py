"""Work done by a second thread: its result, its errors, its language, and pieces that are made ahead."""

import threading

import pytest
from django.utils.translation import get_language, override

from linli.kernel import api as kernel


def test_work_beside_is_done_by_another_thread_in_the_same_language():
    with override("zh-hans"):
        begun = kernel.beside(lambda: (threading.get_ident(), get_language()))
    thread, language = begun.result(timeout=10)
    assert thread != threading.get_ident()
    assert language == "zh-hans"


def test_what_goes_wrong_beside_is_raised_where_it_is_asked_for():
    begun = kernel.beside(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        begun.result(timeout=10)


def test_pieces_made_ahead_come_in_their_order():
    assert list(kernel.ahead(range(1000))) == list(range(1000))
    assert list(kernel.ahead([None, None])) == [None, None]


def test_an_error_comes_behind_the_pieces_that_were_made():
    def pieces():
        yield 1
        raise LookupError

    made = kernel.ahead(pieces())
    assert next(made) == 1
    with pytest.raises(LookupError):
        next(made)


def test_threads_take_longer_turns_again_behind_the_block(monkeypatch):
    turns = []
    monkeypatch.setattr("sys.setswitchinterval", turns.append)
    monkeypatch.setattr("sys.getswitchinterval", lambda: 0.005)
    with kernel.undisturbed():
        assert turns[0] < 0.005
    assert turns[1:] == [0.005]
