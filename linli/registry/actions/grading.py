"""Class, grade and mask of an element are decided by an officer 数据定级; what is kept of it is written anew."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.registry import facts
from linli.registry.models import Element, Entity, GradeDecision, Tag
from linli.registry.models.tag import SENSITIVE
from linli.registry.queries.dictionary import FIELDS, REVISION, elements_of
from linli.registry.queries.grading import proposal_for
from linli.registry.queries.tags import REVISION as TAGS
from linli.registry.rules.elements import ElementInfo, check_element
from linli.registry.rules.kinds import KINDS
from linli.registry.rules.refusals import ElementRefusedError
from linli.trust import api as trust

GRADE = "trust.grades"
CLASSES = "personal_class"


@dataclass(frozen=True, slots=True)
class Graded:
    """What an officer decides for an element."""

    grade: int
    category: str
    sensitive: bool
    mask: str


@transaction.atomic
def grade_element(
    *, kind: str, code: str, graded: Graded, words: str, by: accounts.Actor, now: datetime
) -> GradeDecision:
    """Let an element have this grade from now on; the proposal of the moment is kept beside what was decided.

    Raises NotAllowed, ElementRefusedError.
    """
    trust.require(by, GRADE)
    row = Element.objects.select_for_update().filter(kind=kind, code=code, retired_at=None).first()
    if row is None:
        raise ElementRefusedError(_("There is no element with this code in use."))
    before = ElementInfo(**{name: getattr(row, name) for name in FIELDS})
    after = replace(before, **asdict(graded))
    check_element(after)
    if graded.category and graded.category not in {entry.code for entry in kernel.code_entries(CLASSES)}:
        raise ElementRefusedError(_("There is no such class of personal information."))
    proposal = proposal_for(before)
    accepted = graded == Graded(proposal.grade, proposal.category, proposal.sensitive, proposal.mask)
    if not accepted and not words.strip():
        raise ElementRefusedError(_("Say in a few words why it differs from what was proposed."))
    Element.objects.filter(pk=row.pk).update(**asdict(graded))
    decision = GradeDecision.objects.create(
        element=row, proposal=asdict(proposal), rule_version=proposal.rule_version, grade_before=before.grade,
        accepted=accepted, words=words.strip()[:300], decided_at=now, decided_by_id=by.person_id, **asdict(graded),
    )  # fmt: skip
    kernel.bump(REVISION)
    _raise_tags(kind, code, graded.grade)
    trust.record(
        by=by, action="grade", purpose="trust.grades", subjects=[], object_kind="element", object_id=f"{kind}.{code}",
        elements=[], basis=f"grading/{proposal.rule_version}", now=now,
    )  # fmt: skip
    if _kept_otherwise(before, after):
        write_anew(kind)
    journal.publish(facts.ElementGraded(kind, code, graded.grade, by.name), now=now)
    return decision


def write_anew(kind: str) -> int:
    """Mark what is kept of a kind, so that a job writes it with the seals and masks of now; return how many."""
    return Entity.objects.filter(kind=kind, merged_into=None).update(is_due=True) if kind in KINDS else 0


def write_grade_anew(grade: int) -> int:
    """Mark what is kept of every kind with an element of this grade; return how many."""
    return sum(write_anew(kind) for kind in KINDS if any(one.grade == grade for one in elements_of(kind).values()))


def _raise_tags(kind: str, code: str, grade: int) -> None:
    """Let tags whose rule asks the element have at least its grade: what is derived is graded by its highest part.

    They never sink by themselves: their own grade was given by somebody.
    """
    grade = min(grade, SENSITIVE)
    lower = Tag.objects.select_for_update().filter(kind=kind, retired_at=None, grade__lt=grade).exclude(rule=None)
    risen = [tag.pk for tag in lower if code in {part[0] for part in (tag.rule or {}).get("parts", ())}]
    if risen:
        Tag.objects.filter(pk__in=risen).update(grade=grade)
        kernel.bump(TAGS)


def _kept_otherwise(before: ElementInfo, after: ElementInfo) -> bool:
    """Tell whether what is stored looks different: sealed or open, and behind which mask."""
    if not before.is_sealed and not after.is_sealed:
        return False
    lines = trust.handling(before.grade), trust.handling(after.grade)
    ways = {(one.is_sealed, one.mask, line.masked, line.step) for one, line in zip((before, after), lines, strict=True)}
    return len(ways) > 1
