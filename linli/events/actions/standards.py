"""Drafts of the standards: begun from what is in force, changed matter by matter and rule by rule, or dropped."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.actions.duty import CAPABILITY as STANDARDS
from linli.events.actions.duty import ITEM_FIELDS, NotADraftError, StandardsRefusedError, add_duty_list, note_standards
from linli.events.models import AreaDuty, DispatchRule, DutyList, MatterItem
from linli.events.queries.rule_problems import area_problems, lead_problems, rule_problems
from linli.events.queries.rulebook import book_of
from linli.events.queries.standards import items_of
from linli.events.rules.standards import matter_problems, tree_problems
from linli.trust import api as trust


def begin_draft(*, base: DutyList, name: str, by: accounts.Actor, now: datetime) -> DutyList:
    """Begin a draft that says what `base` says: its matters, area duties and rules."""
    trust.require(by, STANDARDS)
    with transaction.atomic():
        draft = add_duty_list(
            name=name, source=base.source, items=list(items_of(base).values(*ITEM_FIELDS)), now=now, by=by,
            is_sample=base.is_sample, base=base, columns=base.columns,
        )  # fmt: skip
        copy_areas(base, draft)
        copy_rules(base, draft)
    return draft


def drop_draft(*, duty_list: DutyList, by: accounts.Actor, now: datetime) -> None:
    """Delete a draft that nobody wants any more."""
    with transaction.atomic():
        draft = _draft(duty_list, by)
        note_standards(draft, by=by, now=now, element="drop")
        draft.delete()


def save_matter(*, duty_list: DutyList, item: Mapping[str, Any], by: accounts.Actor, now: datetime) -> MatterItem:
    """Add or change one matter of a draft. Raises StandardsRefusedError with what must be mended."""
    with transaction.atomic():
        draft = _draft(duty_list, by)
        known = MatterItem.objects.filter(duty_list=draft, code=item["code"]).first()
        matter = known or MatterItem(duty_list=draft, code=item["code"], place=draft.items.count() + 1)
        for field in ITEM_FIELDS:
            if field in item:
                setattr(matter, field, item[field])
        _refuse_matter(draft, matter)
        matter.save()
        note_standards(draft, by=by, now=now, element="matter")
    return matter


def remove_matter(*, duty_list: DutyList, code: str, by: accounts.Actor, now: datetime) -> None:
    """Take one matter out of a draft; running events keep theirs in the version they began with."""
    with transaction.atomic():
        draft = _draft(duty_list, by)
        MatterItem.objects.filter(duty_list=draft, code=code).delete()
        AreaDuty.objects.filter(duty_list=draft, matter_code=code).delete()
        note_standards(draft, by=by, now=now, element="matter")


def save_area_duty(
    *, duty_list: DutyList, matter_code: str, division_id: int, lead: str, by: accounts.Actor, now: datetime
) -> None:
    """Let another unit lead a matter in one area; an empty `lead` takes the exception back."""
    with transaction.atomic():
        draft = _draft(duty_list, by)
        own = AreaDuty.objects.filter(duty_list=draft, matter_code=matter_code, division_id=division_id)
        own.delete()
        if lead:
            AreaDuty.objects.create(duty_list=draft, matter_code=matter_code, division_id=division_id, lead=lead)
        subject = f"area:{matter_code}:{division_id}"
        _refuse([one for one in area_problems(book_of(draft)) if one.subject == subject])
        note_standards(draft, by=by, now=now, element="area")


def save_rule(
    *,
    duty_list: DutyList,
    name: str,
    target: str,
    conditions: Mapping[str, Any],
    by: accounts.Actor,
    now: datetime,
    place: int | None = None,
    note: str = "",
) -> DispatchRule:
    """Add or change one dispatch rule of a draft; `place` 1 is asked first. Raises StandardsRefusedError.

    A rule with an unknown unit, one that can never fire, or one that contradicts the duty list is refused. The same
    holds for a rule that would hide another.
    """
    with transaction.atomic():
        draft = _draft(duty_list, by)
        before = {problem.subject for problem in rule_problems(book_of(draft))}
        said = {key: value for key, value in conditions.items() if value}
        values = {"target": target, "conditions": said, "note": note}
        rule, _made = DispatchRule.objects.update_or_create(
            duty_list=draft, name=name, defaults=values, create_defaults={**values, "place": draft.rules.count() + 1}
        )
        if place is not None:
            _put_at(draft, rule, place)
        after = rule_problems(book_of(draft))
        _refuse([one for one in after if one.subject == f"rule:{name}" or one.subject not in before])
        note_standards(draft, by=by, now=now, element="rule")
    return rule


def remove_rule(*, duty_list: DutyList, name: str, by: accounts.Actor, now: datetime) -> None:
    """Take one rule out of a draft."""
    with transaction.atomic():
        draft = _draft(duty_list, by)
        DispatchRule.objects.filter(duty_list=draft, name=name).delete()
        note_standards(draft, by=by, now=now, element="rule")


def copy_areas(base: DutyList, draft: DutyList) -> None:
    """Let a draft have the area duties of another version."""
    rows = base.area_duties.values("matter_code", "division_id", "lead")
    AreaDuty.objects.bulk_create(AreaDuty(duty_list=draft, **row) for row in rows)


def copy_rules(base: DutyList, draft: DutyList) -> None:
    """Let a draft have the dispatch rules of another version."""
    rows = base.rules.values("place", "name", "conditions", "target", "note")
    DispatchRule.objects.bulk_create(DispatchRule(duty_list=draft, **row) for row in rows)


def _draft(duty_list: DutyList, by: accounts.Actor) -> DutyList:
    trust.require(by, STANDARDS)
    draft = DutyList.objects.select_for_update(of=("self",)).get(pk=duty_list.pk)
    if not draft.is_draft:
        raise NotADraftError
    return draft


def _put_at(draft: DutyList, rule: DispatchRule, place: int) -> None:
    others = [one for one in draft.rules.all() if one.pk != rule.pk]
    others.insert(max(0, place - 1), rule)
    for at, one in enumerate(others, start=1):
        one.place = at
    DispatchRule.objects.bulk_update(others, ["place"])


def _refuse_matter(draft: DutyList, matter: MatterItem) -> None:
    item = {field: getattr(matter, field) for field in ITEM_FIELDS}
    others = [one for one in items_of(draft).values("code", "name", "class_path") if one["code"] != matter.code]
    _refuse([*matter_problems(item), *lead_problems(item), *tree_problems([*others, item])])


def _refuse(problems: Sequence[Any]) -> None:
    if problems:
        raise StandardsRefusedError(problems)
