"""Public answers 公开答复: made public by an officer, numbers, names and doors taken out; may be taken back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events.actions.handle import WordsMissingError
from linli.events.actions.step import append, locked, note
from linli.events.models import HotIssue, PublicAnswer
from linli.events.queries.hot import SEE
from linli.events.rules.refusals import RefusedError
from linli.events.rules.terms import terms_of
from linli.trust import api as trust

__all__ = ["PublicAlreadyError", "publish_answer", "publish_common_answer", "withdraw_answer"]

CHECK = "events.check"
PURPOSE = "events.publishing"
QUESTION = 120


class PublicAlreadyError(RefusedError):
    """The answer to this event is public already."""

    sentence = _("The answer to this event is public already.")


def publish_answer(
    *,
    event_id: UUID,
    by: accounts.Actor,
    now: datetime,
    question: str,
    asked: str,
    answer: str,
    keep: Collection[str] = (),
) -> PublicAnswer:
    """Make the answer to one event public. Numbers, names and doors are taken out, but names and doors in `keep`."""
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, CHECK, event)
        if PublicAnswer.objects.filter(event=event, withdrawn_at=None).exists():
            raise PublicAlreadyError
        made = PublicAnswer.objects.create(
            event=event, matter_id=event.matter_id, street_id=event.street_id, unit_id=event.lead_unit_id,
            published_by_id=by.person_id, published_at=now, **_words(question, asked, answer, keep),
        )  # fmt: skip
        decided = _decided((question, asked, answer), keep)
        append(event, step="publish", by=by, now=now, words=made.answer, data={"answer": str(made.id), **decided})
        note(event, by=by, now=now, elements=["publish"])
    return made


def publish_common_answer(
    *,
    issue_id: UUID,
    by: accounts.Actor,
    now: datetime,
    question: str,
    asked: str,
    answer: str,
    keep: Collection[str] = (),
) -> PublicAnswer:
    """Answer in public what many ask. Raises HotIssue.DoesNotExist where this person may not see the issue."""
    with transaction.atomic():
        issue = trust.visible(by, SEE, HotIssue.objects.all()).get(pk=issue_id)
        trust.require(by, CHECK)
        made = PublicAnswer.objects.create(
            issue=issue, street_id=issue.street_id, published_by_id=by.person_id, published_at=now,
            unit_id=min(by.unit_ids, default=None), **_words(question, asked, answer, keep),
        )  # fmt: skip
        _record(made, by, now, "change")
    return made


def withdraw_answer(*, answer_id: UUID, by: accounts.Actor, now: datetime) -> PublicAnswer:
    """Take a public answer back. It stays on record."""
    with transaction.atomic():
        made = PublicAnswer.objects.select_for_update().get(pk=answer_id)
        trust.require(by, CHECK, made.event)
        made.withdrawn_at = made.withdrawn_at or now
        made.save(update_fields=["withdrawn_at"])
        _record(made, by, now, "change")
    return made


def _decided(texts: Sequence[str], keep: Collection[str]) -> dict[str, int]:
    """Return how many words were proposed to be taken out, and how many of them the officer left in."""
    found = [one for text in texts for one in trust.find_for_public(text)]
    left = sum(one.kind != "number" and one.words in keep for one in found)
    return {"taken_out": len(found) - left, "left_in": left}


def _words(question: str, asked: str, answer: str, keep: Collection[str]) -> dict[str, object]:
    if not (question.strip() and answer.strip()):
        raise WordsMissingError(WordsMissingError.sentence)
    clean = [trust.redact_public(one.strip(), keep=keep) for one in (question, asked, answer)]
    names = dict(zip(("question", "asked", "answer"), (clean[0][:QUESTION], *clean[1:]), strict=True))
    return {**names, "terms": terms_of("\n".join(clean))}


def _record(made: PublicAnswer, by: accounts.Actor, now: datetime, action: str) -> None:
    trust.record(
        by=by, action=action, purpose=PURPOSE, subjects=[], object_kind="public_answer", object_id=str(made.id),
        elements=["publish"], now=now,
    )  # fmt: skip
