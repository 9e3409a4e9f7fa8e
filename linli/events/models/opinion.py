"""What the reporter thinks of the result 评价."""

from django.db import models

from linli.kernel import api as kernel


class Rating(kernel.Record):
    """Two answers: is it solved 是否解决, and are you satisfied 是否满意 (1 to 5)."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="ratings")
    solved = models.BooleanField()
    satisfied = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(satisfied__range=(1, 5)), name="rating_one_to_five")]
