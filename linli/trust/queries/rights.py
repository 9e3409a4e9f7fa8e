"""The one predicate of rights: list, search, count, map, export and detail all ask here."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import slots as kernel_slots
from linli.trust import slots

M = TypeVar("M", bound=Model)


def visible(actor: accounts.Actor, capability: str, rows: QuerySet[M]) -> QuerySet[M]:
    """Return those of the rows that the actor reaches with the capability; none where nothing says otherwise."""
    if actor.kind == "system":
        return rows
    condition = _condition(actor, capability, rows.model)
    return rows.none() if condition is None else rows.filter(condition)


def visible_parts(actor: accounts.Actor, capability: str, rows: QuerySet[M]) -> list[QuerySet[M]]:
    """Return the rows of `visible` in parts, one for each way to reach them, where one OR would be slow.

    Each row is in one part; together they are exactly `visible`.
    """
    if actor.kind == "system":
        return [rows]
    condition = _condition(actor, capability, rows.model)
    return [] if condition is None else kernel.apart(rows, _parts(condition))


def may(actor: accounts.Actor, capability: str, subject: Model | None = None) -> bool:
    """Tell whether the actor has the capability, and, with a subject, whether that row is among the visible ones.

    One query where a subject is given and a holding or ownership could open it; none otherwise.
    """
    if subject is None:
        return actor.can(capability)
    if actor.kind == "system":
        return True
    rows = type(subject)._base_manager.filter(pk=subject.pk)  # noqa: SLF001  Django's documented manager without filters
    return visible(actor, capability, rows).exists()


def may_know(actor: accounts.Actor, subject: Model) -> bool:
    """Tell whether any capability opens the row to the actor, so that a refusal may admit that the row is there."""
    model = type(subject)._meta.concrete_model  # noqa: SLF001  Django's public _meta
    capabilities = [rule.capability for rule in slots.row_filters.all() if rule.model._meta.concrete_model is model]  # noqa: SLF001  the same
    return any(may(actor, capability, subject) for capability in capabilities)


def _condition(actor: accounts.Actor, capability: str, model: type[Model]) -> Q | None:
    rule = _rule(model, capability)
    if rule is None:
        return None
    answers = [_where(rule, held) for held in actor.holdings if capability in held.capabilities]
    if rule.where_person is not None and actor.person_id is not None:
        answers.append(rule.where_person(actor))
    return _either(answers)


def _where(rule: slots.RowFilter, held: accounts.ActorHolding) -> Q | None:
    """Return what a holding opens; one that was narrowed to a single row opens that row and nothing else."""
    if held.only_id is None:
        return rule.where(held)
    return Q(pk=held.only_id) if rule.model._meta.label_lower == held.only_kind else None  # noqa: SLF001  Django's public _meta


def _either(answers: Iterable[Q | None]) -> Q | None:
    """Join by OR. Django drops an empty Q from an OR, here it opens everything; no answer opens nothing."""
    joined: Q | None = None
    for answer in answers:
        if answer is None:
            continue
        if not answer:
            return answer
        joined = answer if joined is None else joined | answer
    return joined


def _parts(condition: Q) -> list[Q]:
    """Return what a condition joins by OR, as deep as it is nested; the condition itself where it joins nothing."""
    if condition.negated or condition.connector != Q.OR or not condition.children:
        return [condition]
    children = [child if isinstance(child, Q) else Q(child) for child in condition.children]
    return [part for child in children for part in _parts(child)]


def _rule(model: type[Model], capability: str) -> slots.RowFilter | None:
    try:
        return slots.row_filters.get(slots.code_for(model, capability))
    except kernel_slots.UnknownPluginError:
        return None
