"""What the registry does when it hears a fact: houses that a source spoke of find their standard address."""

from collections.abc import Sequence

from linli.kernel import facts as journal
from linli.registry import facts, tasks
from linli.registry.actions.stand import SOURCE
from linli.registry.rules.kinds import HOUSE


@journal.receives(facts.RecordsTaken, name="registry.stand")
def stand(told: Sequence[journal.Delivered[facts.RecordsTaken]]) -> None:
    """Leave it to a job: a load speaks of many houses at once."""
    for one in told:
        if one.fact.entity_kind == HOUSE and one.fact.source != SOURCE:
            tasks.stand_houses.defer(entity_ids=[str(key) for key in one.fact.entity_ids])
