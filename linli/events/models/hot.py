"""Hot issues 热点问题: what many people report about one thing at one place, found from the events of the node."""

from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel


class HotIssue(kernel.Record):
    """One hot issue 热点问题. It keeps its id while its events are mostly the same; the figures are of the last look.

    `people` counts different reporters by token; `busiest` those of the busiest 90 days; `closeness` how much the
    events speak of one thing and `place_share` how many name the same place, both from 0 to 1. `recent` and `before`
    are people of the last thirty days and of the thirty days before. `cooled_at`: since when it is not found any more.
    """

    title = models.CharField(max_length=120)
    place_name = models.CharField(max_length=60, blank=True)
    county = models.ForeignKey("regions.Division", null=True, on_delete=models.PROTECT, related_name="+")
    street = models.ForeignKey("regions.Division", null=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey("regions.Division", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    people = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    busiest = models.PositiveIntegerField()
    closeness = models.FloatField()
    place_share = models.FloatField()
    recent = models.PositiveIntegerField()
    before = models.PositiveIntegerField()
    heat = models.FloatField()
    found_at = models.DateTimeField()
    cooled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="hot_issue_ends_after_it_begins")
        ]
        indexes = [models.Index(fields=["-heat", "id"], condition=Q(cooled_at=None), name="hot_issue_now")]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class HotMember(models.Model):
    """An event that belongs to a hot issue."""

    issue = models.ForeignKey(HotIssue, on_delete=models.CASCADE, related_name="members", db_index=False)
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "event"], name="hot_member_once")]
