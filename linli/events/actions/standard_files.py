"""A manual is taken in as a draft: what it does not say stays as it is in force, what can't be read is set aside."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.actions.duty import CAPABILITY as STANDARDS
from linli.events.actions.duty import ITEM_FIELDS, NotADraftError, add_duty_list, note_standards
from linli.events.actions.standards import copy_areas, copy_rules
from linli.events.models import AreaDuty, DispatchRule, DutyList, MatterItem
from linli.events.queries.standard_files import Manual, read_manual
from linli.events.queries.standards import items_of
from linli.trust import api as trust

DEFAULTS: Mapping[str, Any] = {
    "description": "", "nature": "", "keywords": [], "grade": "C", "co_units": [], "fallback": "centre", "leads": {},
    "legal_basis": "", "duty_kind": "basic", "stages": [], "opening_words": "", "closing_words": "",
    "closing_conditions": [], "evidence": {}, "templates": [], "note": "", "accept_hours": 2, "contact_hours": 8,
    "check_hours": 8,
}  # fmt: skip
LEVELS = ("county", "street", "community")


def import_standards(
    *, content: bytes, name: str, by: accounts.Actor, now: datetime, base: DutyList | None = None
) -> DutyList:
    """Take a manual (XLSX) in as a new draft. Rows with a cell that can't be read are kept in `unread`, none is lost.

    Columns that the manual lacks, area duties and rules are taken over from `base`. Raises FileRefusedError.
    """
    trust.require(by, STANDARDS)
    manual = read_manual(content)
    items = list(_items(manual, base))
    with transaction.atomic():
        draft = add_duty_list(
            name=name.rsplit(".", 1)[0][:200], source=name[:300], items=items, now=now, by=by, base=base,
            columns=manual.columns or (base.columns if base else []), unread=manual.unread,
        )  # fmt: skip
        _areas_and_rules(draft, manual, base)
    return draft


def mend_from_file(*, duty_list: DutyList, content: bytes, by: accounts.Actor, now: datetime) -> DutyList:
    """Add the mended rows of a file to a draft: they replace matters of the same code, or class and name."""
    trust.require(by, STANDARDS)
    manual = read_manual(content)
    with transaction.atomic():
        draft = DutyList.objects.select_for_update(of=("self",)).get(pk=duty_list.pk)
        if not draft.is_draft:
            raise NotADraftError
        items = list(_items(manual, draft))
        codes = [item["code"] for item in items]
        places = dict(draft.items.values_list("code", "place"))
        draft.items.filter(code__in=codes).delete()
        last = max(places.values(), default=0)
        MatterItem.objects.bulk_create(
            MatterItem(duty_list=draft, **{**item, "place": places.get(item["code"], last + number)})
            for number, item in enumerate(items, start=1)
        )
        names = {item["name"] for item in items}
        draft.unread = [row for row in draft.unread if not names & set(row["cells"].values())] + manual.unread
        draft.columns = list(dict.fromkeys([*draft.columns, *manual.columns]))
        draft.save(update_fields=["unread", "columns"])
        note_standards(draft, by=by, now=now, element="draft")
    return draft


def _items(manual: Manual, base: DutyList | None) -> Iterator[dict[str, Any]]:
    """Yield the matters of a manual whole: codes and columns that it lacks come from the base."""
    known = list(items_of(base).values(*ITEM_FIELDS)) if base else []
    by_code = {item["code"]: item for item in known}
    by_name = {(*item["class_path"], item["name"]): item for item in known}
    taken = {item["code"] for item in manual.items if item.get("code")} | set(by_code)
    free = (code for number in range(1, 100_000) if (code := f"N{number:04d}") not in taken)
    for item in manual.items:
        same = by_code.get(item.get("code", "")) or by_name.get((*item["class_path"], item["name"]))
        yield _whole(item, same, free)


def _whole(item: Mapping[str, Any], same: Mapping[str, Any] | None, free: Iterator[str]) -> dict[str, Any]:
    said = item["said"]
    found = {**DEFAULTS, **(same or {})}
    for field in DEFAULTS:
        if field in said:
            found[field] = item.get(field, DEFAULTS[field])
    if any(f"lead_{level}" in said for level in LEVELS):
        found["leads"] = {level: item[f"lead_{level}"] for level in LEVELS if item.get(f"lead_{level}")}
    own = {field: item[field] for field in ("lead", "class_path", "name", "handle_limit", "handle_unit", "stages")}
    code = item.get("code") or (same["code"] if same else next(free))
    found.pop("place", None)
    return {**found, **own, "code": code, "more": {**(same["more"] if same else {}), **item["more"]}}


def _areas_and_rules(draft: DutyList, manual: Manual, base: DutyList | None) -> None:
    if manual.areas is not None:
        AreaDuty.objects.bulk_create((AreaDuty(duty_list=draft, **row) for row in manual.areas), ignore_conflicts=True)
    elif base:
        copy_areas(base, draft)
    if manual.rules is not None:
        DispatchRule.objects.bulk_create(_rules(draft, manual.rules), ignore_conflicts=True)
    elif base:
        copy_rules(base, draft)


def _rules(draft: DutyList, rules: Sequence[Mapping[str, Any]]) -> Iterator[DispatchRule]:
    for place, rule in enumerate(rules, start=1):
        yield DispatchRule(duty_list=draft, place=place, **rule)
