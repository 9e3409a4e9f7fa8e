"""Break-glass 紧急查阅: access opened in an emergency, short, with a reason, reviewed by others soon after."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class BreakGlass(kernel.Record):
    """One opening: `holding` is the short holding that gives the access; it ends by itself at `ends_at`.

    `target_kind` is the model of the one row that it opens, empty where it opens an area. `words` say what it is,
    masked. It is reviewed by somebody else until `review_due`.
    """

    class Outcome(models.TextChoices):
        """What the review found 复核结论."""

        JUSTIFIED = "justified", _("justified")
        NOT_JUSTIFIED = "not_justified", _("not justified")

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    holding = models.ForeignKey("accounts.Holding", on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    target_kind = models.CharField(max_length=60, blank=True)
    target_id = models.UUIDField(null=True)
    words = models.CharField(max_length=200)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    review_due = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    review_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="break_glass_is_short"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("person")), name="break_glass_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_at=None) | (~Q(outcome="") & ~Q(reviewed_at=None)),
                name="break_glass_reviewed_with_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["review_due", "id"], condition=Q(outcome=""), name="break_glass_to_review"),
            models.Index(fields=["person", "-id"], name="break_glass_of_person"),
        ]


class PolicyVersion(kernel.Appended):
    """A version of a limit that the county may change, such as how long a break-glass lasts; the newest counts."""

    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="trust_policy_version_once")]
