"""The lists that a community keeps 台账: one line for an entity in a list, and every step of its life."""

from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel
from linli.registry.states import CLOSED, KEPT, REGISTERS, STEPS


class Listing(kernel.Record):
    """An entity in one list 登记: rented house, resident from elsewhere, dog. The head row of its steps.

    `due_on` is the day by which it is renewed; it is asked only while the line is kept.
    """

    register = models.CharField(max_length=20, choices=[(code, code) for code in REGISTERS])
    entity = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="listings", db_index=False)
    state = models.CharField(max_length=10, choices=[(KEPT, KEPT), (CLOSED, CLOSED)])
    since = models.DateField()
    due_on = models.DateField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "register"], name="listing_once"),
        ]
        indexes = [models.Index(fields=["register", "state", "due_on", "id"], name="listing_due")]


class ListingStep(kernel.Forgettable):
    """One step in the life of a line: registered, renewed, closed; on which day, by whom, why. Appended only."""

    id = models.BigAutoField(primary_key=True)
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=[(step, step) for step in STEPS])
    on = models.DateField()
    due_on = models.DateField(null=True)
    words = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(step="close") | Q(due_on=None), name="listing_step_closed_is_not_due"),
        ]
