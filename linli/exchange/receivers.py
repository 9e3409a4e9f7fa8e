"""What exchange does when it hears a fact."""

from collections.abc import Sequence

from linli.exchange import facts, tasks
from linli.exchange.actions.tell import tell
from linli.kernel import api as kernel
from linli.kernel import facts as journal


@journal.receives(facts.BatchWanted, start="now")
def work_off_batches(told: Sequence[journal.Delivered[facts.BatchWanted]]) -> None:
    """Have the lists worked off that were handed in."""
    for one in told:
        tasks.wake(one.fact.batch_id)


@journal.receives(
    facts.DataAppliedFor,
    facts.ApplicationAnswered,
    facts.ApplicationLate,
    facts.GrantEnded,
    facts.CorrectionProposed,
    facts.CorrectionConfirmed,
    facts.CorrectionRefused,
    facts.CorrectionStood,
    name="exchange.tell_units",
    start="now",
)
def tell_units(told: Sequence[journal.Delivered[journal.Fact]]) -> None:
    """Tell the units that want to know what waits for them, and what came of theirs."""
    tell(told, now=kernel.now())
