"""What exchange hears: a node was linked, an element was added, somebody was deleted; what units want to be told."""

from collections.abc import Sequence

from linli.exchange import facts, tasks
from linli.exchange.actions.catalogue_wire import tell_catalogue
from linli.exchange.actions.elements import tell_below
from linli.exchange.actions.forget import forget_copies
from linli.exchange.actions.forget_element import forget_elements
from linli.exchange.actions.overtake import follow_owners
from linli.exchange.actions.push import leave_out, take_out
from linli.exchange.actions.rising import tell_risen
from linli.exchange.actions.tell import tell
from linli.exchange.models import Peer
from linli.exchange.rules.run_states import ABANDONED
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.registry import facts as registry
from linli.trust import facts as trust


@journal.receives(facts.PeerLinked)
def begin_link(told: Sequence[journal.Delivered[facts.PeerLinked]]) -> None:
    """Tell a node below of the elements that were added here, each of the catalogue, and begin to carry."""
    for one in told:
        if one.fact.place == Peer.Place.BELOW:
            tell_below(codes=None, peer_id=one.fact.peer_id, now=kernel.now())
        tell_catalogue(peer_id=one.fact.peer_id, now=kernel.now())
    tasks.carry_soon()


@journal.receives(registry.ElementAdded)
def tell_elements(told: Sequence[journal.Delivered[registry.ElementAdded]]) -> None:
    """Tell the nodes below of new elements; what is told twice changes nothing there."""
    tell_below(codes=[(one.fact.element_kind, one.fact.code) for one in told], now=kernel.now())


@journal.receives(registry.ElementGraded, trust.HandlingDecided, name="exchange.tell_risen", start="now")
def tell_of_grades(told: Sequence[journal.Delivered[journal.Fact]]) -> None:  # noqa: ARG001  all that is allowed is seen
    """Tell who allowed something on lower grades than those of now."""
    tell_risen(now=kernel.now())


@journal.receives(registry.EntitiesErased)
def forget_erased(told: Sequence[journal.Delivered[registry.EntitiesErased]]) -> None:
    """Take the deleted out of all that is kept here; their entries in feeds say nothing but that."""
    ids = {key for one in told for key in one.fact.entity_ids}
    forget_copies(ids=ids, now=kernel.now())
    take_out(entity_ids=ids)


@journal.receives(trust.ConsentWithdrawn, start="now")
def leave_out_who_withdrew(told: Sequence[journal.Delivered[trust.ConsentWithdrawn]]) -> None:
    """Take who withdrew a consent out of what waits to be delivered for that purpose."""
    for one in told:
        leave_out(subject=one.fact.subject, purpose=one.fact.activity.partition(".")[2])


@journal.receives(registry.ElementErased)
def forget_element(told: Sequence[journal.Delivered[registry.ElementErased]]) -> None:
    """Take a deleted element out of all that is kept here of an entity."""
    forget_elements(ids={one.fact.entity_id for one in told}, now=kernel.now())


@journal.receives(registry.RecordsTaken, name="exchange.follow_owners", start="now")
def answer_by_data(told: Sequence[journal.Delivered[registry.RecordsTaken]]) -> None:
    """End corrections that the owner's own data answer."""
    follow_owners(entity_ids={key for one in told for key in one.fact.entity_ids}, now=kernel.now())


@journal.receives(facts.BatchWanted, start="now")
def work_off_batches(told: Sequence[journal.Delivered[facts.BatchWanted]]) -> None:
    """Have the lists worked off that were handed in."""
    for one in told:
        tasks.work_off_soon(one.fact.batch_id)


@journal.receives(facts.RunEnded, start="now")
def close_given_up(told: Sequence[journal.Delivered[facts.RunEnded]]) -> None:
    """Have the indexes put back that a load had taken off which was given up."""
    for one in told:
        if one.fact.state == ABANDONED:
            tasks.close_load_soon(one.fact.run_id)


@journal.receives(facts.PushWanted, start="now")
def push_changes(told: Sequence[journal.Delivered[facts.PushWanted]]) -> None:
    """Have the changes of these grants delivered."""
    for one in told:
        tasks.push_soon(one.fact.grant_id)


@journal.receives(
    facts.DataAppliedFor,
    facts.ApplicationAnswered,
    facts.ApplicationLate,
    facts.GrantEnded,
    facts.GradesRose,
    facts.GrantDecidedAnew,
    facts.PushGivenUp,
    facts.CorrectionProposed,
    facts.CorrectionConfirmed,
    facts.CorrectionRefused,
    facts.CorrectionStood,
    facts.CorrectionArrived,
    facts.CorrectionOvertaken,
    facts.DatasetLate,
    name="exchange.tell_units",
    start="now",
)
def tell_units(told: Sequence[journal.Delivered[journal.Fact]]) -> None:
    """Tell the units that want to know what waits for them, and what came of theirs."""
    tell(told, now=kernel.now())
