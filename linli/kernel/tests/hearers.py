"""Facts and receivers for the tests of delivery; also loaded by processes that can be killed."""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from linli.kernel import facts
from linli.kernel.models import Batch


@dataclass(frozen=True)
class BellRang(facts.Fact, kind="kernel.tests.BellRang"):
    """A bell rang."""

    number: int
    mood: str = "well"


def note(name: str, delivered: Sequence[facts.Delivered[BellRang]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO heard (receiver, number, fact_id) VALUES (%s, %s, %s)",
            [(name, told.fact.number, told.fact_id) for told in delivered],
        )


@facts.receives(BellRang, name="kernel.tests.sexton")
def sexton(delivered: Sequence[facts.Delivered[BellRang]]) -> None:
    note("sexton", delivered)
    if bad := [told.fact.number for told in delivered if told.fact.mood == "poison"]:
        raise ValueError(f"Bell {bad[0]} is cracked, call 13812345678")
    if any(told.fact.mood == "deadly" for told in delivered) and _first_time():
        Batch.save = _die  # the work is done, and not yet committed


@facts.receives(BellRang, name="kernel.tests.ringer")
def ringer(delivered: Sequence[facts.Delivered[BellRang]]) -> None:
    note("ringer", delivered)


def _die(*_args, **_options) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _first_time() -> bool:
    mark = Path(os.environ["BELL_MARK"])
    if mark.exists():
        return False
    mark.touch()
    return True
