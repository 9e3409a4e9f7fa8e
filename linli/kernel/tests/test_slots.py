from dataclasses import dataclass

import pytest

from linli.kernel.slots import Slot, UnknownPluginError


@dataclass(frozen=True)
class Bell:
    code: str


def test_slot_gives_back_what_was_registered_in_order():
    slot: Slot[Bell] = Slot("bell")
    loud = slot.register(Bell("loud"))
    quiet = slot.register(Bell("quiet"))
    assert slot.all() == (loud, quiet)
    assert slot.get("quiet") is quiet


def test_slot_refuses_a_code_twice():
    slot: Slot[Bell] = Slot("bell")
    slot.register(Bell("loud"))
    with pytest.raises(ValueError, match="already a bell called 'loud'"):
        slot.register(Bell("loud"))


def test_slot_names_what_is_known_when_asked_for_the_unknown():
    slot: Slot[Bell] = Slot("bell")
    slot.register(Bell("loud"))
    with pytest.raises(UnknownPluginError, match=r"^There is no bell called 'lound'; known: loud\.$"):
        slot.get("lound")
