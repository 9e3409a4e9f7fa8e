"""Who acts for whom 监护: a guardian and a ward, confirmed at the counter by who saw it; how it ended."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class Guardianship(kernel.Record, kernel.Forgettable):
    """Somebody is the guardian of a child, or of an adult for whom a court appointed one 监护关系.

    It holds from `since` until `until`, at the latest the day a child turns 18, or until it ends. `paper` says which
    document was seen; no number and no picture of it is kept. A row is written once: the database refuses changes.
    """

    class Paper(models.TextChoices):
        """Documents that show who is guardian 监护证明材料 (民法典 articles 24, 27, 28, 31)."""

        HOUSEHOLD = "household", _("household register")
        BIRTH = "birth", _("medical certificate of birth")
        ADOPTION = "adoption", _("certificate of adoption")
        APPOINTED = "appointed", _("appointment by the residents' or villagers' committee or civil affairs")
        COURT = "court", _("decision of a court")

    guardian = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+")
    ward = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+")
    paper = models.CharField(max_length=20, choices=Paper.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(guardian=F("ward")), name="guardianship_of_two"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="guardianship_span"),
            models.CheckConstraint(condition=~Q(until=None) | Q(paper="court"), name="guardianship_of_child_ends"),
        ]


class GuardianshipEnd(kernel.Record, kernel.Forgettable):
    """The end of a guardianship 监护终止, beside it: when, by whom and why. Coming of age needs nobody to write it."""

    class Reason(models.TextChoices):
        """Why it ended 终止原因 (民法典 articles 36, 39)."""

        AGE = "of_age", _("the ward came of age, or the day named has come")
        CHANGED = "changed", _("somebody else is guardian now")
        COURT = "court", _("a court decided so")
        ABLE = "able", _("the ward is able to act again")
        DIED = "died", _("the ward or the guardian died")
        MISTAKE = "mistake", _("it was a mistake")

    guardianship = models.OneToOneField(Guardianship, on_delete=models.CASCADE, related_name="end")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
