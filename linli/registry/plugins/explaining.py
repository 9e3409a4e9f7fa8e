"""Explains why a rule gave somebody a tag 标签自动化决策说明: the rule in words, which of their data, until when."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import TagMark
from linli.registry.queries.bindings import person_for
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.identities import absorbed_by
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.tagging import OPERATORS, Part, TagRuleError, read_rule
from linli.trust import api as trust
from linli.trust import slots

MOST = 20


class TagExplainer(slots.Explainer):
    """Knows which tags rules gave to a person; `ref` is the number of the mark."""

    code, label = "tags", gettext_lazy("tags that rules gave")

    def explain(
        self, ref: str, *, by: accounts.Actor, now: datetime, ward: UUID | None = None
    ) -> slots.Explanation | None:
        """Return it for a mark that the person bears now."""
        person = person_for(by, ward=ward, now=now)
        mark = _marks_of(person, now).filter(pk=int(ref)).first() if person and ref.isdecimal() else None
        unit_id = trust.oneself(by, now=now, ward=ward).unit_id if mark else None
        if person is None or mark is None:
            return None
        title = _("Tag “%(name)s”: why you bear it") % {"name": mark.tag.name}
        return slots.Explanation(title, tuple(_lines(mark)), unit_id or mark.tag.owner_id, subject_of(person))

    def decided(self, *, by: accounts.Actor, now: datetime, ward: UUID | None = None) -> list[tuple[str, str]]:
        """Return the tags that rules gave to the person and that hold now."""
        person = person_for(by, ward=ward, now=now)
        rows = _marks_of(person, now).order_by("-given_at", "-id")[:MOST] if person else ()
        return [(str(mark.pk), mark.tag.name) for mark in rows]


def _marks_of(person: UUID, now: datetime) -> "QuerySet[TagMark]":
    ids = [person, *absorbed_by([person]).get(person, ())]
    rows = TagMark.objects.filter(entity_id__in=ids, is_ruled=True, ended_at=None, tag__retired_at=None)
    return rows.exclude(until__lt=timezone.localdate(now)).select_related("tag__owner")


def _lines(mark: TagMark) -> Iterator[str]:
    tag, elements = mark.tag, elements_of(PERSON)
    try:
        rule = read_rule(tag.rule or {}, elements)
    except TagRuleError:
        return
    given, made = f"{timezone.localtime(mark.given_at):%Y-%m-%d}", f"{timezone.localtime(tag.made_at):%Y-%m-%d}"
    yield _("It serves this: %(purpose)s") % {"purpose": tag.purpose}
    yield _("A rule gave it on %(day)s, without a person.") % {"day": given}
    yield (_("The rule asks that all of this holds:") if rule.join == "and"
           else _("The rule asks that one of this holds:"))  # fmt: skip
    yield from (_condition(part) for part in rule.parts)
    used = dict.fromkeys(str(elements[part.element].label) for part in rule.parts)
    yield _("Of your data it uses: %(data)s. Nothing else.") % {"data": trust.listed(used)}
    yield _("The rule is that of %(day)s; %(unit)s answers for it.") % {"day": made, "unit": tag.owner.name}
    yield (_("You bear it until %(day)s at the latest, and no longer than the rule holds.") % {"day": mark.until}
           if mark.until else _("You bear it as long as the rule holds."))  # fmt: skip


def _condition(part: Part) -> str:
    element, value = elements_of(PERSON)[part.element], part.value
    said = kernel.code_label(element.table, value) if element.table and value else value
    if part.operator in {"is", "is_not"} and element.type == "flag":
        said = _("yes") if value == "yes" else _("no")
    words = {"item": element.label, "operator": OPERATORS[part.operator][0], "value": said}
    return (_("· %(item)s %(operator)s %(value)s") if said else _("· %(item)s %(operator)s")) % words


def register() -> None:
    """Register it once, at start."""
    slots.explainers.register(TagExplainer())
