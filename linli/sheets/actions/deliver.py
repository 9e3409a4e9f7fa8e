"""Sending a form back 交付: in the issuer's own file, through the room by which everything with people leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.sheets.actions.ledger import issue_of_form
from linli.sheets.actions.rows import put_in
from linli.sheets.actions.step import locked, step_on
from linli.sheets.models import Delivery, Form, SentRow
from linli.sheets.queries.delivering import CODE, Sent, changed_since, counts_of, leaving_of, readings_of, sent_of
from linli.sheets.rules.delivery.files import Issue, fill_file
from linli.sheets.rules.delivery.places import Place, Section, Target
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.states import CHECKED, DELIVERED, FILL
from linli.trust import api as trust
from linli.trust import slots as trust_slots

LAYOUT = "xlsx"


@dataclass(frozen=True, slots=True)
class Sending:
    """A form that was sent back: the receipt and the file."""

    delivery: Delivery
    content: bytes
    name: str


class FormOut(trust_slots.Export):
    """A filled form, checked by somebody else, in the issuer's own layout."""

    code, capability = CODE, FILL
    label = _("a form of a superior")

    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust_slots.Leaving:
        """Return the rows of the form. Raises NotAllowed, PurposeMissingError."""
        form = Form.objects.get(pk=wanted["form"])
        return leaving_of(form, readings_of(form, by=by, now=now))


@transaction.atomic
def deliver_form(*, form_id: UUID, by: accounts.Actor, now: datetime) -> Sending:
    """Fill the issuer's own file with what is known now, and keep it with its receipt.

    Raises NotAllowed, Hidden, FormRefusedError, DeliveryRefusedError.
    """
    form = locked(form_id, by, FILL)
    if form.state not in {CHECKED, DELIVERED}:
        raise FormRefusedError(_("A form is delivered when somebody else of the unit has checked it."))
    taken = trust.take_out(kind=CODE, wanted={"form": str(form.pk)}, by=by, now=now)
    sent = sent_of(form, taken.lines[1:])
    counts, (changed, _rows) = counts_of(sent), changed_since(form, sent)
    content = filled_file(form, sent)
    name = f"{form.file_name.rsplit('.', 1)[0]}-{taken.mark}.{LAYOUT}"
    row = Delivery(
        form=form, mark=taken.mark, rows=sum(len(one.rows) for one in sent), cells=counts.cells, filled=counts.filled,
        typed=counts.typed, empty=counts.empty, changed=changed, by_id=by.person_id, at=now,
    )  # fmt: skip
    row.file.save(f"{row.pk}.{LAYOUT}", ContentFile(content), save=False)
    row.save(force_insert=True)
    known = {key: one for part in reversed(sent) for key, one in part.digests.items()}
    digests = [SentRow(delivery_id=row.pk, entity_id=key, digest=one) for key, one in known.items()]
    put_in(digests)
    issue_of_form(form=form, sent=sent, by=by, now=now)
    step_on(form, "deliver", by=by, now=now)
    return Sending(row, content, name)


def filled_file(form: Form, sent: Sequence[Sent]) -> bytes:
    """Return the issuer's own file with every part filled. Raises DeliveryRefusedError."""
    with form.file.open("rb") as file:
        issue = Issue(bytes(file.read()), form.file_name, form.layout)
    return fill_file(issue, [section for one in sent for section in _sections(one)])


def _sections(one: Sent) -> list[Section]:
    """Return the rows of a part, and the row of sums below where it has one."""
    part = one.part
    place = Place(part.grid, part.first + 1, part.last + 1)
    rows = Section(place, [Target(column.index + 1) for column in one.columns], one.rows)
    if not one.sums:
        return [rows]
    below = Place(part.grid, part.totals[0] + 1, part.totals[0] + 1)
    return [rows, Section(below, [Target(one.columns[at].index + 1) for at in one.sums], [list(one.sums.values())])]
