"""What exchange hears: a node was linked, an element was added, somebody was deleted; what units want to be told."""

from collections.abc import Sequence

from linli.exchange import facts, tasks
from linli.exchange.actions.catalogue_wire import tell_catalogue
from linli.exchange.actions.elements import tell_below
from linli.exchange.actions.push import take_out
from linli.exchange.actions.tell import tell
from linli.exchange.models import FeedEntry, Peer
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.registry import facts as registry


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


@journal.receives(registry.EntitiesErased)
def forget_erased(told: Sequence[journal.Delivered[registry.EntitiesErased]]) -> None:
    """Point older entries of the deleted to nothing but the deletion, which follows; take them out of what waits."""
    ids = {key for one in told for key in one.fact.entity_ids}
    FeedEntry.objects.filter(entity_id__in=ids).exclude(what="deleted").update(what="deleted")
    take_out(entity_ids=ids)


@journal.receives(facts.BatchWanted, start="now")
def work_off_batches(told: Sequence[journal.Delivered[facts.BatchWanted]]) -> None:
    """Have the lists worked off that were handed in."""
    for one in told:
        tasks.work_off_soon(one.fact.batch_id)


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
    facts.PushGivenUp,
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
