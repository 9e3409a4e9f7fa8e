"""Facts are told inside a transaction and read back the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import facts
from linli.kernel.models import JournalEntry
from linli.kernel.rules.ids import uuid7
from linli.kernel.rules.wire import to_wire

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


@dataclass(frozen=True)
class LampMended(facts.Fact):
    """A street lamp works again."""

    lamp: UUID
    at: datetime
    day: date
    lumen: int
    note: str | None
    helpers: tuple[UUID, ...] = ()
    share: float = 1.0
    paid: bool = False


def a_fact(**changes) -> LampMended:
    return LampMended(**{"lamp": uuid7(), "at": NOON, "day": NOON.date(), "lumen": 900, "note": None, **changes})


@pytest.mark.django_db
def test_publish_writes_one_entry_that_reads_back_the_same():
    fact = a_fact(note="路灯已修好", helpers=(uuid7(), uuid7()))
    fact_id = facts.publish(fact, now=NOON)
    entry = JournalEntry.objects.get()
    assert (entry.fact_id, entry.kind, entry.told_at) == (fact_id, LampMended.kind, NOON)
    assert facts.read_fact(LampMended, entry.payload) == fact


@pytest.mark.django_db(transaction=True)
def test_publish_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        facts.publish(a_fact(), now=NOON)


@pytest.mark.django_db(transaction=True)
def test_publish_undone_with_its_transaction():
    with transaction.atomic():
        facts.publish(a_fact(), now=NOON)
        transaction.set_rollback(True)
    assert not JournalEntry.objects.exists()


@given(
    st.builds(
        LampMended,
        at=st.datetimes(timezones=st.just(UTC)),
        share=st.floats(allow_nan=False),
        note=st.none() | st.text(),
    )
)
def test_every_fact_survives_the_journey(fact):
    payload = {name: to_wire(value) for name, value in vars(fact).items()}
    assert facts.read_fact(LampMended, payload) == fact


def test_a_fact_told_before_a_field_was_added_takes_the_default():
    payload = {name: to_wire(value) for name, value in vars(a_fact()).items() if name != "share"}
    assert facts.read_fact(LampMended, payload | {"dropped_since": 1}).share == 1.0


@pytest.mark.parametrize("value", [datetime(2026, 1, 1), object(), [1], {"a": 1}])  # noqa: DTZ001  a naive time is the point
def test_what_a_fact_may_not_carry_is_refused(value):
    with pytest.raises(TypeError):
        to_wire(value)


def test_two_classes_of_one_kind_are_refused():
    with pytest.raises(ValueError, match="Two facts"):
        type("Other", (facts.Fact,), {"__module__": "linli.kernel.tests.other"}, kind=LampMended.kind)


def test_two_receivers_of_one_name_are_refused():
    def hear(delivered: Sequence[facts.Delivered[LampMended]]) -> None: ...

    def hear_also(delivered: Sequence[facts.Delivered[LampMended]]) -> None: ...

    register = facts.receives(LampMended, name="kernel.tests.twice")
    try:
        assert register(hear) is register(hear)
        with pytest.raises(ValueError, match="Two receivers"):
            register(hear_also)
    finally:
        del facts._receivers["kernel.tests.twice"]
