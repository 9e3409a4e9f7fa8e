"""The town's looks that are not normal: a review about an officer, in words that outsiders must not read."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.trust.models import LookReview, ReviewStep


def looked_at(officer: UUID, unit_id: int, now: datetime) -> dict[str, list[Any]]:
    """Let looks of an officer be reviewed, and return what stands for the parameters of the addresses."""
    words = "钥匙在青石巷第七块砖下"
    review = LookReview.objects.create(
        person_id=officer, unit_id=unit_id, post_code="t-officer", weight=1, first_day=now.date(), last_day=now.date(),
        found_at=now, due_at=now + timedelta(days=7), state="asked", explanation=words,
    )  # fmt: skip
    ReviewStep.objects.create(review=review, step="ask", at=now, words=words)
    return {name: [{"review_id": review.id}] for name in ("trust_look_review", "trust_look_step")}
