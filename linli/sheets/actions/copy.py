"""Handing out once more what was delivered 回执留底: the same file, or its rows as data; counted each time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.sheets.models import Delivery
from linli.sheets.queries.copying import kept_copy
from linli.sheets.rules.copies import Copy, as_lines, as_objects
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.states import ACCEPT, FILL
from linli.trust import api as trust
from linli.trust import slots as trust_slots

FILE, CSV, JSON = "file", "csv", "json"
LAYOUTS = (FILE, CSV, JSON)


@dataclass(frozen=True, slots=True)
class Handed:
    """A copy that was handed out: what trust let leave, and the content; a CSV is made by who answers."""

    taken: trust.Taken
    name: str
    layout: str
    content: bytes = b""


class CopyOut(trust_slots.Export):
    """What was delivered, once more, for the unit that delivered it."""

    code, capability, label = "sheets.copy", FILL, _("a delivered form, once more")

    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust_slots.Leaving:  # noqa: ARG002
        """Return the rows that were delivered. Raises NotAllowed, Hidden, FormRefusedError."""
        delivery = Delivery.objects.select_related("form").get(pk=wanted["delivery"])
        form, copy = delivery.form, kept_copy(delivery)
        trust.require(by, self.capability, form)
        if copy is None:
            raise FormRefusedError(_("The copy of this form is no longer kept. Deliver it again if it is needed."))
        heading, lines = as_lines(copy)
        return trust_slots.Leaving(
            name=delivery.number, heading=heading, lines=lines, subjects=copy.subjects, elements=copy.elements,
            grades=copy.grades, purpose=f"registry.{form.purpose}", object_kind="form", object_id=str(form.pk),
            label=_("Taken out by"), approved_by=f"form:{form.number}:{delivery.number}",
        )  # fmt: skip


class CopyIn(CopyOut):
    """What was delivered, for who asked for it."""

    code, capability, label = "sheets.taken_in", ACCEPT, _("a delivered form, for who asked for it")


@transaction.atomic
def take_copy(*, delivery: Delivery, layout: str, by: accounts.Actor, now: datetime) -> Handed:
    """Hand out what was delivered: as the file, as CSV, or as JSON. Raises NotAllowed, Hidden, FormRefusedError."""
    kind = CopyOut if trust.may(by, FILL, delivery.form) else CopyIn
    taken = trust.take_out(kind=kind.code, wanted={"delivery": str(delivery.pk)}, by=by, now=now)
    if layout == FILE:
        return Handed(taken, delivery.name, delivery.layout, _same(delivery))
    if layout == JSON:
        return Handed(taken, f"{taken.name}.json", JSON, _data(delivery, taken))
    return Handed(taken, f"{taken.name}.csv", CSV)


def delivery_of(delivery_id: UUID) -> Delivery | None:
    """Return a delivery with its form."""
    return Delivery.objects.select_related("form").filter(pk=delivery_id).first()


def _same(delivery: Delivery) -> bytes:
    """Return the file as it was delivered. Raises FormRefusedError where it is no longer the same."""
    with delivery.file.open("rb") as file:
        content = bytes(file.read())
    if hashlib.sha256(content).hexdigest() != delivery.digest:
        raise FormRefusedError(_("The kept file is not the one that was delivered. Tell whoever runs this node."))
    return content


def _data(delivery: Delivery, taken: trust.Taken) -> bytes:
    form, copy = delivery.form, kept_copy(delivery) or Copy((), (), (), ())
    return orjson.dumps(
        {
            "form": form.number, "title": form.title, "issuer": form.issuer, "purpose": form.purpose,
            "receipt": delivery.number, "delivered_at": delivery.at, "sha256": delivery.digest, "mark": taken.mark,
            "taken_out_by": taken.watermark, "tables": as_objects(copy),
        },
        default=str,
    )  # fmt: skip
