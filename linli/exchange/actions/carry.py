"""Carrying: for some seconds what waits goes out and feeds come in, each peer in a thread of its own."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID

from django.db import connection

from linli.exchange.actions.link import LinkError, note_failure, note_success, pull, push
from linli.exchange.models import Intake, Peer
from linli.exchange.queries.peers import peers_at_work
from linli.kernel import api as kernel

MOST, REST, WAIT = 8, 0.3, 5.0  # peers at once; pause where nothing is new; how long the other side is asked to wait


def carry(*, seconds: float) -> bool:
    """Serve every linked peer for so long; return whether there is any. One that hangs does not hold the others."""
    ids = list(Peer.objects.filter(state=Peer.State.ACTIVE).order_by("id").values_list("id", flat=True))
    if not ids:
        return False
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(min(MOST, len(ids))) as pool:
        turns = [ids[start :: min(MOST, len(ids))] for start in range(min(MOST, len(ids)))]
        list(pool.map(partial(_serve, until=until), turns))
    return True


def serve_once(*, peer: Peer) -> int:
    """Send what waits for a peer, then take what its feeds have; return how much moved. A failure is noted."""
    try:
        moved = push(peer=peer, now=kernel.now())
        feeds = list(Intake.objects.filter(peer=peer, ended_at=None).select_related("peer").order_by("id"))
        for intake in feeds:
            moved += pull(intake=intake, wait=WAIT if len(feeds) == 1 else 0, now=kernel.now())
    except LinkError as error:
        note_failure(peer=peer, error=str(error), now=kernel.now())
        return 0
    note_success(peer=peer)
    return moved


def _serve(ids: list[UUID], until: float) -> None:
    try:
        while time.monotonic() < until:
            ready = peers_at_work(kernel.now()).filter(pk__in=ids)
            if not sum(serve_once(peer=peer) for peer in ready):
                time.sleep(REST)
    finally:
        connection.close()
