"""Keep the other names of places 地名沿革: write one down, say until when it held, withdraw one that was a mistake."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.regions.models import Address, Division, PlaceName
from linli.regions.rules.names import clean_name
from linli.regions.rules.refusals import RegionRefusedError
from linli.regions.rules.standard_address import VILLAGE, key_of

__all__ = ["NAMES", "NameDraft", "add_place_name", "end_place_name", "withdraw_place_name"]

NAMES = "names"  # the revision that moves with every change


@dataclass(frozen=True, slots=True)
class NameDraft:
    """A name as somebody says it: its kind (of `PlaceName.Kind`), how long it held, and who says so."""

    kind: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""


@transaction.atomic
def add_place_name(*, of: Address | Division, draft: NameDraft, by: str, now: datetime) -> PlaceName:
    """Write down another name of an address or a division. Raises RegionRefusedError where it says nothing new."""
    name = clean_name(draft.name)
    if not name:
        raise RegionRefusedError(_("A name has 1 to 100 characters."))
    key = key_of(of.kind if isinstance(of, Address) else VILLAGE, name)
    _check(of, draft, name)
    at: dict[str, Any] = {"address": of} if isinstance(of, Address) else {"division": of}
    if PlaceName.objects.filter(**at, key=key, kind=draft.kind, valid_to=draft.valid_to, withdrawn_at=None).exists():
        raise RegionRefusedError(_("“%(name)s” stands here already.") % {"name": name})
    try:
        with transaction.atomic():
            made = PlaceName.objects.create(
                **at, kind=PlaceName.Kind(draft.kind), name=name, key=key, valid_from=draft.valid_from,
                valid_to=draft.valid_to, source=draft.source[:200], by=by, said_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise RegionRefusedError(_("“%(name)s” stands here already.") % {"name": name}) from error
    kernel.bump(NAMES)
    return made


@transaction.atomic
def end_place_name(*, name: PlaceName, day: date, by: str, now: datetime) -> PlaceName:  # noqa: ARG001  like every action
    """Say from which day on a name is not borne any more. It still leads to its place."""
    held = _held(name)
    if held.valid_to is not None:
        raise RegionRefusedError(_("This name ended already on %(day)s.") % {"day": held.valid_to.isoformat()})
    if held.valid_from and day < held.valid_from:
        raise RegionRefusedError(_("A name ends after it began; choose a later day."))
    held.valid_to = day
    try:
        with transaction.atomic():
            held.save(update_fields=["valid_to"])
    except IntegrityError as error:
        raise RegionRefusedError(_("“%(name)s” stands here already.") % {"name": held.name}) from error
    kernel.bump(NAMES)
    return held


@transaction.atomic
def withdraw_place_name(*, name: PlaceName, reason: str, by: str, now: datetime) -> PlaceName:
    """Take a name back that was written down by mistake. It stays on record and leads nowhere."""
    held = _held(name)
    if not reason.strip():
        raise RegionRefusedError(_("Say why the name is withdrawn."))
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_why = now, by, reason.strip()[:200]
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    kernel.bump(NAMES)
    return held


def _check(of: Address | Division, draft: NameDraft, name: str) -> None:
    if draft.kind not in PlaceName.Kind.values:
        raise RegionRefusedError(_("This kind of name is not known."))
    if name == of.name:
        raise RegionRefusedError(_("“%(name)s” is the name of today.") % {"name": name})
    if draft.valid_from and draft.valid_to and draft.valid_to < draft.valid_from:
        raise RegionRefusedError(_("A name ends after it began; choose a later day."))
    if isinstance(of, Division) and of.valid_to is not None:
        raise RegionRefusedError(
            _("%(name)s was closed on %(day)s; choose the division that took over from it.")
            % {"name": of.name, "day": of.valid_to.isoformat()}
        )


def _held(name: PlaceName) -> PlaceName:
    held = PlaceName.objects.select_for_update(of=("self",)).get(pk=name.pk)
    if held.withdrawn_at is not None:
        raise RegionRefusedError(_("This name was withdrawn already."))
    return held
