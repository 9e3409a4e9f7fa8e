"""Photos and PDFs beside a correction 证明材料: kept sealed, opened by the two units it lies between, on record."""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange import states
from linli.exchange.actions.step import PURPOSE, locked
from linli.exchange.models import Correction, Paper
from linli.exchange.queries.sight import ANSWER, CORRECT
from linli.exchange.rules.papers import MOST, TYPES, CleanPaper
from linli.exchange.rules.sharing_refusals import TermsRefusedError
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

CONTEXT = "exchange.paper"
KEPT_MONTHS = 12  # after the correction ended
TOGETHER = 200
OLD = ".sealed"  # the end of names of before uploads had envelopes


@transaction.atomic
def add_papers(*, correction_id: UUID, papers: Sequence[CleanPaper], by: accounts.Actor, now: datetime) -> list[Paper]:
    """Add to a correction that waits, by the unit that made it. Raises NotAllowed, Hidden, TermsRefusedError."""
    row = locked(Correction, correction_id)
    trust.require(by, CORRECT, row)
    if row.state != states.PROPOSED:
        raise TermsRefusedError("papers", _("This correction has ended; nothing can be added."))
    return keep_papers(row, papers, by=by, now=now)


def keep_papers(row: Correction, papers: Sequence[CleanPaper], *, by: accounts.Actor, now: datetime) -> list[Paper]:
    """Write files and rows, in the caller's transaction; four in all. Raises TermsRefusedError."""
    if not papers:
        return []
    if row.papers.count() + len(papers) > MOST:
        raise TermsRefusedError("papers", _("A correction takes four photos or papers at most."))
    kept = [_kept(row, paper, by, now) for paper in papers]
    _note(row, "exchange.attach", row.pk, by, now)
    return kept


@transaction.atomic
def open_paper(*, paper_id: UUID, by: accounts.Actor, now: datetime) -> tuple[str, bytes]:
    """Return what kind a paper is and what it holds; the look stands in the ledger. Raises Hidden.

    The unit that proposed and the unit that answers may open it, and nobody who only oversees.
    """
    paper = Paper.objects.select_related("correction").filter(pk=paper_id).first()
    if paper is None or not any(trust.may(by, held, paper.correction) for held in (CORRECT, ANSWER)):
        raise trust.Hidden(PURPOSE)
    try:
        with paper.file.open("rb") as file:
            content = _opened(paper, file.read())
    except FileNotFoundError as gone:
        raise trust.Hidden(PURPOSE) from gone
    _note(paper.correction, "reveal", paper.pk, by, now)
    return paper.kind, content


def forget_evidence(*, now: datetime) -> int:
    """Drop what proved a correction a year after it ended: files, words, references; return of how many.

    What was proposed and how it ended stays, for the measures and the history.
    """
    limit = registry.months_after(timezone.localdate(now), -KEPT_MONTHS)
    ended = Correction.objects.annotate(ended=Coalesce("answered_at", "made_at"))
    old = ended.exclude(state=states.PROPOSED).filter(evidence_dropped_at=None, ended__date__lt=limit).order_by("id")
    done = 0
    while rows := list(old[:TOGETHER]):
        drop_papers(Paper.objects.filter(correction__in=rows))
        for row in rows:
            row.evidence, row.reference, row.evidence_dropped_at = "", "", now
        Correction.objects.bulk_update(rows, ["evidence", "reference", "evidence_dropped_at"])
        done += len(rows)
    return done


def drop_papers(papers: "QuerySet[Paper]") -> None:
    """Delete files, then their rows: interrupted, it is done again."""
    rows = list(papers)
    for paper in rows:
        paper.file.delete(save=False)
    Paper.objects.filter(pk__in=[paper.pk for paper in rows]).delete()


def versions_of_old_papers() -> Iterator[int]:
    """Yield the version of the key that each paper of before the envelopes needs."""
    for paper in Paper.objects.filter(file__endswith=OLD).iterator():
        with paper.file.open("rb") as file:
            yield kernel.key_version_of(file.read())


def put_old_papers_into_envelopes() -> int:
    """Keep papers of before as uploads are kept now, one transaction each; return how many."""
    ids = list(Paper.objects.filter(file__endswith=OLD).values_list("pk", flat=True))
    return sum(_moved(one) for one in ids)


@transaction.atomic
def _moved(paper_id: UUID) -> int:
    paper = Paper.objects.select_for_update().filter(pk=paper_id, file__endswith=OLD).first()
    if paper is None:
        return 0
    before = str(paper.file.name)
    with paper.file.open("rb") as file:
        content = _opened(paper, file.read())
    paper.file.save(before.rsplit("/", 1)[-1].removesuffix(OLD), ContentFile(content), save=True)
    transaction.on_commit(lambda: paper.file.storage.delete(before))
    return 1


def _opened(paper: Paper, content: bytes) -> bytes:
    is_old = str(paper.file.name).endswith(OLD)
    return b64decode(kernel.unseal(content, context=CONTEXT)) if is_old else content


def _kept(row: Correction, paper: CleanPaper, by: accounts.Actor, now: datetime) -> Paper:
    kept = Paper(
        correction=row, kind=paper.kind, size=len(paper.content), added_at=now, added_by_id=by.person_id
    )  # fmt: skip
    kept.file.save(f"{kept.id}.{TYPES[paper.kind][1]}", ContentFile(paper.content), save=False)
    kept.save(force_insert=True)
    return kept


def _note(row: Correction, action: str, object_id: UUID, by: accounts.Actor, now: datetime) -> None:
    subjects = [registry.subject_of(row.entity_id)] if row.kind == "person" else []
    trust.record(
        by=by, action=action, purpose=PURPOSE, subjects=subjects, object_kind="paper", object_id=object_id,
        case=row.number, elements=["exchange.paper"], now=now,
    )  # fmt: skip
