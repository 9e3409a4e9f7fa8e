"""Looks that are told later 暂缓告知: by law only, for one business of one unit, until a day, decided by two."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class DisclosureClass(models.Model):
    """A reason for which the law lets somebody be told later 告知类别, and for how many days at most."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=60)
    basis = models.CharField(max_length=300)
    longest_days = models.PositiveSmallIntegerField()
    is_sample = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(basis=""), name="disclosure_class_has_a_basis"),
            models.CheckConstraint(condition=Q(longest_days__gt=0), name="disclosure_class_ends"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Deferral(kernel.Record):
    """Looks of one unit for one business are told only from `until` on; then they appear by themselves.

    Nothing else hides a look. It counts once another person than who proposed it has approved it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("in force")
        REFUSED = "refused", _("refused")

    kind = models.ForeignKey(DisclosureClass, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=100)
    until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(case_ref=""), name="deferral_names_its_business"),
            models.CheckConstraint(condition=Q(until__gt=F("proposed_at")), name="deferral_ends"),
            models.CheckConstraint(
                condition=Q(state="proposed") | (Q(decided_at__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="deferral_decided_by_another",
            ),
        ]
        indexes = [models.Index(fields=["case_ref", "unit"], name="deferral_business")]
