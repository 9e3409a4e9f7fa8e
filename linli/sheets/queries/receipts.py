"""What a community keeps of what it delivered 回执: number, time, rows, gaps left, hash of the file, the result."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from linli.sheets.models import Delivery, Form, FormStep
from linli.sheets.states import REASONS

RESULTS = ("accept", "return")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One delivery with its result; none while nobody has said anything."""

    it: Delivery
    result: FormStep | None

    @property
    def is_accepted(self) -> bool:
        """Whether it was taken in."""
        return self.result is not None and self.result.step == RESULTS[0]

    @property
    def reasons(self) -> "list[str | Promise]":
        """Why it was returned, in words."""
        return reasons_of(self.result.reasons if self.result else ())


def receipts_of(form: Form) -> list[Receipt]:
    """Return the receipts of a form, the newest first. Two queries."""
    return receipts_by_form([form.pk])[form.pk]


def receipts_by_form(ids: Collection[UUID]) -> dict[UUID, list[Receipt]]:
    """Return the receipts of each of these forms, the newest first. Two queries."""
    results = FormStep.objects.filter(form__in=ids, step__in=RESULTS).order_by("at", "id")
    said = {one.delivery_id: one for one in results}
    found: dict[UUID, list[Receipt]] = {key: [] for key in ids}
    for one in Delivery.objects.filter(form__in=ids).order_by("-at", "-id"):
        found[one.form_id].append(Receipt(one, said.get(one.pk)))
    return found


def reasons_of(codes: Sequence[str]) -> "list[str | Promise]":
    """Return reasons in words."""
    return [REASONS[code] for code in codes if code in REASONS]


def sent_back(form: Form) -> FormStep | None:
    """Return the newest step that sent a form back, where it was not handed in again since."""
    steps = form.steps.filter(step__in=("send_back", "return", "hand_in")).order_by("-at", "-id")
    last = steps.first()
    return last if last and last.step != "hand_in" else None
