"""The catalogue between nodes 目录互联: each peer is told what may be applied for here, and keeps what peers tell."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.exchange.actions.messages import send
from linli.exchange.models import Dataset, Peer, RemoteDataset
from linli.exchange.rules.wire import Reader
from linli.kernel import api as kernel
from linli.registry import api as registry

CATALOGUE = "catalogue"
MOST = 2000  # data sets of one node
FIELDS = ("name", "abstract", "provider", "kind", "condition")


def tell_catalogue(*, now: datetime, peer_id: UUID | None = None) -> int:
    """Tell each linked node the catalogue where it is another than it was told last; return how many were told."""
    entries = own_entries()
    mark = kernel.sm3(json.dumps(entries, ensure_ascii=False, sort_keys=True).encode()).hex()
    peers = Peer.objects.exclude(state=Peer.State.REMOVED).exclude(catalogue_mark=mark)
    if peer_id is not None:
        peers = peers.filter(pk=peer_id)
    told = 0
    for peer in peers.order_by("id"):
        with transaction.atomic():
            send(peer=peer, kind=CATALOGUE, body={"entries": entries}, now=now)
            told += Peer.objects.filter(pk=peer.pk).update(catalogue_mark=mark)
    return told


def own_entries() -> list[dict[str, Any]]:
    """Return what may be applied for at this node: mapped data sets that are shared, with their shared elements."""
    found = []
    for row in Dataset.objects.exclude(sharing="none").filter(is_sample=False).order_by("code")[:MOST]:
        known = registry.elements_of(row.kind)
        codes = list(dict.fromkeys(line["element"] for line in row.mapping))
        elements = [
            {"code": code, "label": known[code].label, "owner": known[code].owner, "sharing": known[code].sharing}
            for code in codes if code in known and known[code].sharing != "none"
        ]  # fmt: skip
        if elements:
            found.append({"code": row.code, "elements": elements, **{name: getattr(row, name) for name in FIELDS}})
    return found


def take_catalogue(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> None:
    """Keep the catalogue of a peer instead of what it told before. Raises PeerRefusedError for a malformed one."""
    entries = [_read(Reader(one if isinstance(one, dict) else {})) for one in Reader(body).items("entries", MOST)]
    RemoteDataset.objects.filter(peer_id=peer_id).exclude(code__in=[one["code"] for one in entries]).delete()
    for one in entries:
        RemoteDataset.objects.update_or_create(
            peer_id=peer_id, code=one["code"], defaults={**one, "told_at": now}
        )  # fmt: skip


def _read(said: Reader) -> dict[str, Any]:
    elements = [
        {"code": each.text("code", 40), "label": each.text("label", 100), "owner": each.text("owner", 60),
         "sharing": each.text("sharing", 20)}
        for each in (Reader(one if isinstance(one, dict) else {}) for one in said.items("elements", 500))
    ]  # fmt: skip
    return {
        "code": said.text("code", 40), "name": said.text("name", 100), "provider": said.text("provider", 100),
        "kind": said.text("kind", 20), "abstract": said.text("abstract", 5000, may_be_empty=True),
        "condition": said.text("condition", may_be_empty=True), "elements": elements,
    }  # fmt: skip
