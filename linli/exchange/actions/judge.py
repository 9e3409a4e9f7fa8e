"""A person judges a doubtful pair 人工判定: one, two, or later; each can be undone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange import facts
from linli.exchange.models import LinkageReview, LinkageStep
from linli.exchange.rules.linkage_review import ONE, STEPS, TWO, may
from linli.exchange.rules.refusals import ExchangeRefusedError
from linli.kernel import facts as journal
from linli.registry import api as registry
from linli.trust import api as trust

LINK = "exchange.link"


@transaction.atomic
def judge_pair(*, review_id: UUID, step: str, by: accounts.Actor, now: datetime) -> LinkageReview:
    """Take one step of STEPS. "One" pins the two and merges their records, "two" bans that; undo takes either back.

    Raises NotAllowed, Hidden, ExchangeRefusedError, and registry's MergeRefusedError.
    """
    trust.require(by, LINK)
    seen = trust.visible(by, LINK, LinkageReview.objects.filter(pk=review_id)).values_list("pk", flat=True)
    review = LinkageReview.objects.select_for_update(of=("self",)).filter(pk__in=list(seen)).first()
    if review is None:
        raise trust.Hidden(LINK)
    if not may(step, review.state):
        raise ExchangeRefusedError(_("This pair was judged meanwhile; open the queue anew."))
    _follow(review, step, by=by, now=now)
    review.state = STEPS[step].after
    review.decided_at, review.decided_by = (None, "") if step == "undo" else (now, by.name)
    review.save()
    LinkageStep.objects.create(review=review, step=step, by=by.name, at=now)
    journal.publish(facts.PairJudged(review.id, review.kind, step, by.name), now=now)
    return review


def _follow(review: LinkageReview, step: str, *, by: accounts.Actor, now: datetime) -> None:
    """Let the registry do what was decided."""
    whom = registry.identities_of([review.left_id, review.right_id])
    one, other = whom[review.left_id], whom[review.right_id]
    if step == ONE:
        review.rule, review.deed = registry.pin(one=one, other=other, by=by, now=now)
    elif step == TWO:
        review.rule = registry.forbid(one=one, other=other, by=by, now=now)
    elif step == "undo":
        if review.rule_id:
            registry.end_rule(rule_id=review.rule_id, by=by, now=now)
        if review.deed_id:
            registry.undo_merge(deed_id=review.deed_id, by=by, now=now)
        review.rule = review.deed = None
