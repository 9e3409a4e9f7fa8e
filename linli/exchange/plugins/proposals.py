"""Corrections that wait for an answer, shown beside the element where they were made."""

import json
from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange.queries.corrections import unconfirmed_about
from linli.registry import slots as registry


class Corrections(registry.Proposals):
    """What the grassroots proposed and the owner has not answered."""

    code = "exchange.corrections"
    label = _("Corrections")

    def about(
        self, ids: Collection[UUID], *, viewer: accounts.Actor
    ) -> Mapping[UUID, list[registry.Proposal]]:  # fmt: skip
        """Return them for viewers of the community in which they were made, and for the units they lie between."""
        found: dict[UUID, list[registry.Proposal]] = {}
        for row in unconfirmed_about(ids, viewer):
            said = registry.Proposal(
                entity_id=row.entity_id, element=row.element, value=json.loads(row.value.reveal()),
                said_by=row.maker, since=row.made_at, due=row.due, number=row.number,
            )  # fmt: skip
            found.setdefault(row.entity_id, []).append(said)
        return found
