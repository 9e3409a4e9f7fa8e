"""What events have to do with one another 事件关联, who else is affected by one, and by which rules they are found."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel

STANDING = Q(ended_at=None)


class Link(kernel.Record):
    """Two events belong together. It ends, it is not deleted: who made it and who ended it stays known.

    `one` is the parent, the main event of a merge, or the "cure the source" event; `other` the child, what was merged
    into it, or the cause. `kept` holds what a merged event was before, so that it can be taken out again.
    """

    class Kind(models.TextChoices):
        """Kinds of links 关联类型."""

        SAME = "same", _("about the same thing")
        RELATED = "related", _("related")
        CHILD = "child", _("part of the other")
        MERGED = "merged", _("merged into the other")
        CAUSE = "cause", _("one of the causes")

    class Policy(models.TextChoices):
        """What the end of a parent means for its child 父子事件办结策略."""

        BLOCK = "block", _("the parent waits for it")
        CASCADE = "cascade", _("it ends with the parent")
        DETACH = "detach", _("it goes on by itself")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    one = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="links_below")
    other = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="links_above")
    policy = models.CharField(max_length=20, choices=Policy.choices, blank=True)
    words = models.TextField(blank=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60, blank=True)
    kept = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="link_of_two_events"),
            models.CheckConstraint(condition=~Q(kind="child") | ~Q(policy=""), name="child_has_a_policy"),
            models.UniqueConstraint(fields=["one", "other", "kind"], condition=STANDING, name="link_once"),
            models.UniqueConstraint(fields=["other"], condition=STANDING & Q(kind="child"), name="one_parent"),
            models.UniqueConstraint(fields=["other"], condition=STANDING & Q(kind="merged"), name="merged_once"),
            models.UniqueConstraint(fields=["other"], condition=STANDING & Q(kind="cause"), name="cause_of_one"),
        ]


class Follower(kernel.Record):
    """Somebody who has the same problem and follows the event instead of reporting it again 关注人.

    `number` is their own receipt. `token` is the keyed hash of their phone, `phone` the phone itself, sealed.
    `told_at` is when they last got the reply; `came_from` the event they followed before it was merged.
    """

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="followers")
    number = models.CharField(max_length=40, unique=True)
    token = models.CharField(max_length=64, blank=True)
    phone = kernel.SealedTextField(context="events.follower.phone")
    words = models.TextField(blank=True)
    channel = models.CharField(max_length=20)
    followed_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    came_from = models.ForeignKey("events.Event", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["token", "id"], condition=~Q(token=""), name="follower_of_phone")]


class GroupPolicy(models.Model):
    """One version of the rules for duplicates and recurring events 重复与高发判定规则.

    `rules` by matter code, "" for all others: `radius_m` and `window_days` for what is shown as near and similar,
    `shown` whether residents see it, `recur_count`, `recur_days`, `recur_radius_m` for curing the source.
    """

    number = models.PositiveIntegerField(unique=True)
    rules = models.JSONField(default=dict)
    source = models.CharField(max_length=300)
    is_sample = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    in_force_from = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return the version."""
        return str(self.number)
