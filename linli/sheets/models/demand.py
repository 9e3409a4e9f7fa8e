"""Reports about forms that are not on the list 清单外报表反映, by anybody, without a name, and what became of them."""

import uuid

from django.db import models

from linli.kernel import api as kernel
from linli.sheets.models.admission import Admission
from linli.sheets.rules import demand_states as states


class Demand(models.Model):
    """What somebody reported about a form that they were asked to fill. Who it was is nowhere.

    There is no account, no address and no time of day: the id is random, `reported_on` is a day. `receipt` is a keyed
    digest of the code that only the reporter has. `issuer` is the office as they named it, `asked_unit` the unit that
    was asked about it. The words are sealed: somebody may have written a name into them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    receipt = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    issuer = models.CharField(max_length=100)
    words = kernel.SealedTextField(context="sheets.demand.words")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    reported_on = models.DateField()
    due = models.DateTimeField()
    state = models.CharField(max_length=12, choices=list(states.LABELS.items()), default=states.REPORTED)
    asked_unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, blank=True)
    admission = models.ForeignKey(Admission, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due"], condition=models.Q(closed_at=None), name="demand_open"),
            models.Index(fields=["asked_unit", "state"], name="demand_to_answer"),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class DemandStep(kernel.Record):
    """One step of the following up 办理记录, appended. The reporter reads the words; nobody's name stands with them."""

    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    after = models.CharField(max_length=12)
    reason = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
