"""Reviews of looks 异常查阅复核: somebody else asks, the officer explains, somebody else decides, with words."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import LookReview, ReviewStep
from linli.trust.queries.look_memory import settings_in_force
from linli.trust.queries.look_reviews import is_of_chain
from linli.trust.rules.refusals import Hidden, ReviewRefusedError
from linli.trust.states import looks as states

AUDIT = "trust.audit"


class OwnChainError(ReviewRefusedError):
    """The reviewer is the officer, or of their chain."""

    sentence = _("You are this officer, or work in their unit or in one above or below it; somebody else must decide.")


class NoWordsError(ReviewRefusedError):
    """Nothing was said."""

    sentence = _("Say in a sentence why: it stands on record with the decision.")


class MovedOnError(ReviewRefusedError):
    """The review is not in a state from which this step may be taken."""

    sentence = _("Somebody was faster, or the officer was not asked yet. Look at the steps, then decide again.")


@transaction.atomic
def ask_officer(*, review_id: UUID, words: str, by: accounts.Actor, now: datetime) -> LookReview:
    """Ask the officer for an explanation. Raises Hidden, OwnChainError, NoWordsError, MovedOnError."""
    review = _taken(review_id, "ask", words, by)
    review.save(update_fields=["state"])
    _step(review, "ask", words, by, now)
    return review


@transaction.atomic
def explain_looks(*, review_id: UUID, words: str, by: accounts.Actor, now: datetime) -> LookReview:
    """Take the explanation of the officer whose looks they are; it may be said anew until it is decided.

    Raises Hidden for anybody else, NoWordsError, MovedOnError.
    """
    review = LookReview.objects.select_for_update().filter(pk=review_id).first()
    if review is None or review.person_id != by.person_id or review.state == states.FOUND:
        raise Hidden("explain")
    if not words.strip():
        raise NoWordsError
    if "explain" not in states.possible(review.state):
        raise MovedOnError
    review.explanation = words.strip()
    review.save(update_fields=["explanation"])
    _step(review, "explain", words, by, now)
    return review


@transaction.atomic
def decide_review(*, review_id: UUID, step: str, words: str, by: accounts.Actor, now: datetime) -> LookReview:
    """Decide: `step` is one of justify, not_justify, misuse. Raises Hidden, OwnChainError, NoWordsError, MovedOnError.

    What was justified is deleted soon; what was not is kept as long as the terms say.
    """
    if step not in states.DECISIONS:
        raise MovedOnError
    review = _taken(review_id, step, words, by)
    terms = settings_in_force().terms
    days = terms.confirmed_days if review.state in states.CONFIRMED else terms.justified_days
    review.words, review.decided_at, review.decided_by = words.strip(), now, by.person_id
    review.kept_until = timezone.localdate(now) + timedelta(days=days)
    review.save()
    _step(review, step, words, by, now)
    return review


def _taken(review_id: UUID, step: str, words: str, by: accounts.Actor) -> LookReview:
    """Return the review, locked, in the state that the step leads to, where this person may take it."""
    review = LookReview.objects.select_for_update().filter(pk=review_id).first()
    if review is None:
        raise Hidden(AUDIT)
    require(by, AUDIT, review)
    if is_of_chain(by, review):
        raise OwnChainError
    if not words.strip():
        raise NoWordsError
    if step not in states.possible(review.state):
        raise MovedOnError
    review.state = states.STEPS[step].after
    return review


def _step(review: LookReview, step: str, words: str, by: accounts.Actor, now: datetime) -> None:
    ReviewStep.objects.create(review=review, step=step, at=now, by=by.person_id, words=words.strip())
    record(
        by=by, action="change", purpose="audit", subjects=(), object_kind="trust.look_review", object_id=review.pk,
        elements=[step], now=now,
    )  # fmt: skip
