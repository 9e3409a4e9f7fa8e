"""What exchange does when it hears a fact."""

from collections.abc import Sequence

from linli.exchange import facts, tasks
from linli.kernel import facts as journal


@journal.receives(facts.BatchWanted, start="now")
def work_off_batches(told: Sequence[journal.Delivered[facts.BatchWanted]]) -> None:
    """Have the lists worked off that were handed in."""
    for one in told:
        tasks.wake(one.fact.batch_id)
