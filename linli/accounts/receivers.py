"""What accounts does when it hears a fact: have messages sent."""

from collections.abc import Sequence

from linli.accounts import facts, tasks
from linli.kernel import facts as journal


@journal.receives(facts.MessagesWaiting, start="now")
def send_waiting(told: Sequence[journal.Delivered[facts.MessagesWaiting]]) -> None:
    """Have the channels work on which something waits."""
    tasks.wake(dict.fromkeys(one.fact.channel for one in told))
