"""The dictionary 数据元目录: what ships is loaded, a county adds and retires elements; no migration is needed."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.registry import facts
from linli.registry.models import Element
from linli.registry.queries.dictionary import REVISION
from linli.registry.rules.dictionary import read_dictionary
from linli.registry.rules.elements import ElementInfo, check_element
from linli.registry.rules.refusals import ElementRefusedError
from linli.trust import api as trust

MANAGE = "registry.elements"


@transaction.atomic
def load_shipped_elements(*, now: datetime) -> int:
    """Add the shipped elements that are missing and return how many; what a county changed stays as it is."""
    known = set(Element.objects.values_list("kind", "code"))
    missing = [one for one in read_dictionary() if (one.kind, one.code) not in known]
    _add(missing, by="", now=now)
    return len(missing)


@transaction.atomic
def add_element(*, element: ElementInfo, by: accounts.Actor, now: datetime) -> Element:
    """Add an element to the dictionary. From now on it is taken in, stored, searched, masked and exported.

    Raises NotAllowed, ElementRefusedError.
    """
    trust.require(by, MANAGE)
    check_element(element)
    if element.table and not kernel.code_entries(element.table):
        raise ElementRefusedError(_("There is no code table of this name."))
    if Element.objects.filter(kind=element.kind, code=element.code).exists():
        raise ElementRefusedError(_("There is an element with this code already."))
    (row,) = _add([element], by=by.name, now=now)
    _note(by, "add", element.kind, element.code, now)
    journal.publish(facts.ElementAdded(element.kind, element.code, by.name), now=now)
    return row


@transaction.atomic
def inherit_element(*, element: ElementInfo, origin: str, now: datetime) -> bool:
    """Take over an element from a node above, or its new description; return whether something changed.

    What this node added itself, or what ships, stays as it is. Raises ElementRefusedError.
    """
    check_element(element)
    row = Element.objects.select_for_update().filter(kind=element.kind, code=element.code).first()
    if row is None:
        last = Element.objects.order_by("-position").values_list("position", flat=True).first() or 0
        _add([replace(element, position=last + 10)], by=origin, now=now)
        journal.publish(facts.ElementAdded(element.kind, element.code, origin), now=now)
        return True
    if row.added_by != origin:
        return False
    for name, value in asdict(element).items():
        if name != "position":
            setattr(row, name, value)
    row.save()
    kernel.bump(REVISION)
    return True


@transaction.atomic
def retire_element(*, kind: str, code: str, by: accounts.Actor, now: datetime) -> None:
    """Show and take in an element no more; what was said stays in the source records. Raises NotAllowed."""
    trust.require(by, MANAGE)
    if not Element.objects.filter(kind=kind, code=code, retired_at=None).update(retired_at=now):
        raise ElementRefusedError(_("There is no element with this code in use."))
    kernel.bump(REVISION)
    _note(by, "retire", kind, code, now)
    journal.publish(facts.ElementRetired(kind, code, by.name), now=now)


def _add(elements: Sequence[ElementInfo], *, by: str, now: datetime) -> list[Element]:
    rows = Element.objects.bulk_create(Element(**asdict(one), added_by=by, added_at=now) for one in elements)
    if rows:
        kernel.bump(REVISION)
    return rows


def _note(by: accounts.Actor, action: str, kind: str, code: str, now: datetime) -> None:
    trust.record(
        by=by, action=action, purpose="registry.elements", subjects=[], object_kind="element",
        object_id=f"{kind}.{code}", elements=[], now=now,
    )  # fmt: skip
