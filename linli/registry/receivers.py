"""What the registry does when it hears a fact: houses find their standard address, new tags their bearers."""

from collections.abc import Sequence

from linli.kernel import facts as journal
from linli.registry import facts, tasks
from linli.registry.actions.grading import write_grade_anew
from linli.registry.rules.addresses import SOURCE
from linli.registry.rules.kinds import HOUSE
from linli.trust import facts as trust

AT_ONCE = 50  # houses: a second or two


@journal.receives(facts.RecordsTaken, name="registry.stand")
def stand(told: Sequence[journal.Delivered[facts.RecordsTaken]]) -> None:
    """Leave it to jobs: a load speaks of many houses at once, and who stops a node waits for the job at hand."""
    for one in told:
        if one.fact.entity_kind == HOUSE and one.fact.source != SOURCE:
            keys = [str(key) for key in one.fact.entity_ids]
            for first in range(0, len(keys), AT_ONCE):
                tasks.stand_houses.defer(entity_ids=keys[first : first + AT_ONCE])


@journal.receives(facts.TagDefined, name="registry.ask_tags")
def ask_tags(told: Sequence[journal.Delivered[facts.TagDefined]]) -> None:
    """Let the rules of new tags be asked about everybody in their area."""
    if any(one.fact.is_ruled for one in told):
        tasks.sweep_tags.defer()


@journal.receives(facts.ElementGraded, name="registry.write_graded")
def write_graded(told: Sequence[journal.Delivered[facts.ElementGraded]]) -> None:  # noqa: ARG001  what is due is marked
    """Let what is kept of an element be sealed or opened by its new grade."""
    tasks.write_due.defer()


@journal.receives(trust.HandlingDecided, name="registry.write_handled")
def write_handled(told: Sequence[journal.Delivered[trust.HandlingDecided]]) -> None:
    """Let what is kept be sealed or opened by what its grade does now."""
    for one in told:
        if one.fact.sealing_changed:
            write_grade_anew(one.fact.grade)
    tasks.write_due.defer()
