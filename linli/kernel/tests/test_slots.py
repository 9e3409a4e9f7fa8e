"""A slot gives back what was registered, in order, each code once."""

from dataclasses import dataclass

import pytest

from linli.kernel.slots import Slot, UnknownPluginError


@dataclass(frozen=True)
class Bell:
    code: str
    loudness: int = 1


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
        slot.register(Bell("loud", 2))


def test_slot_takes_the_same_plug_in_again():
    slot: Slot[Bell] = Slot("bell")
    assert slot.register(Bell("loud")) is slot.register(Bell("loud"))
    assert len(slot.all()) == 1


def test_slot_names_what_is_known_when_asked_for_the_unknown():
    slot: Slot[Bell] = Slot("bell")
    slot.register(Bell("loud"))
    with pytest.raises(UnknownPluginError, match=r"^There is no bell called 'lound'; known: loud\.$"):
        slot.get("lound")
