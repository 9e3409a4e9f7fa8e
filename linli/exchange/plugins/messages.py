"""The kinds of messages that exchange itself takes from other nodes: a new key, elements, a feed offered or ended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.exchange.actions import (
    apply_remote,
    apply_wire,
    catalogue_wire,
    correct_remote,
    correct_wire,
    elements,
    feed,
    intake,
    keys,
    peers,
)
from linli.exchange.slots import PeerMessage


class NewKey(PeerMessage):
    """A peer signs with another key from now on."""

    code = keys.KEY
    label = _("new key")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Trust it."""
        peers.trust_key(peer_id=peer_id, body=body, now=now)


class Elements(PeerMessage):
    """A node above has new data elements."""

    code = elements.ELEMENTS
    label = _("data elements")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Take them over."""
        elements.inherit(peer_id=peer_id, body=body, now=now)


class Offer(PeerMessage):
    """A peer tells this node of a slice from now on."""

    code = feed.OFFER
    label = _("feed offered")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Begin to ask for it."""
        intake.open_intake(peer_id=peer_id, body=body, now=now)


class End(PeerMessage):
    """A peer tells nothing more of a slice."""

    code = feed.END
    label = _("feed ended")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Ask for it no more."""
        intake.end_intake(peer_id=peer_id, subscription_id=UUID(body["subscription"]), now=now)


class Correction(PeerMessage):
    """A peer proposes a correction of what this node told it, or takes one back."""

    code = correct_wire.CORRECTION
    label = _("correction")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Set it on the desk of the owner."""
        correct_remote.take_correction(peer_id=peer_id, body=body, now=now)


class CorrectionState(PeerMessage):
    """A peer says how a correction stands that went there."""

    code = correct_wire.STATE
    label = _("state of a correction")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Let it stand so here."""
        correct_remote.take_state(peer_id=peer_id, body=body, now=now)


class Catalogue(PeerMessage):
    """A peer says what may be applied for there."""

    code = catalogue_wire.CATALOGUE
    label = _("catalogue")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Keep it."""
        catalogue_wire.take_catalogue(peer_id=peer_id, body=body, now=now)


class Application(PeerMessage):
    """A unit of a peer applies for data of this node, or takes that back."""

    code = apply_wire.APPLICATION
    label = _("application for data")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Set it on the desk of the owner."""
        apply_remote.take_application(peer_id=peer_id, body=body, now=now)


class ApplicationState(PeerMessage):
    """A peer says how an application stands that went there, and the grant that came of it."""

    code = apply_wire.STATE
    label = _("state of an application")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Let it stand so here."""
        apply_remote.take_state(peer_id=peer_id, body=body, now=now)
