"""The dictionary of data elements 数据元目录: what is kept about each kind, as data that a county extends."""

from django.db import models
from django.db.models import Q

from linli.registry.rules import elements as rules
from linli.registry.rules.kinds import KINDS, RESIDENCE


class Element(models.Model):
    """One data element 数据元 of one kind: official name, type, value set, owner, grade, sharing kind, source standard.

    The meaning of the fields stands in `rules.elements.ElementInfo`. `is_sample` marks what was written by the project
    and not taken from the text of a standard. A retired element is kept with its values and no longer shown.
    """

    kind = models.CharField(max_length=20, choices=[(code, code) for code in (*KINDS, RESIDENCE)])
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    type = models.CharField(max_length=20, choices=[(code, code) for code in rules.TYPES])
    table = models.CharField(max_length=40, blank=True)
    owner = models.CharField(max_length=60, blank=True)
    grade = models.PositiveSmallIntegerField(default=2)
    sharing = models.CharField(max_length=20, choices=[(code, code) for code in rules.SHARING])
    basis = models.CharField(max_length=200, blank=True)
    standard = models.CharField(max_length=100, blank=True)
    mask = models.CharField(max_length=20, choices=[(code, code) for code in rules.MASKS], default="none")
    search = models.CharField(max_length=10, choices=[(code, code) for code in rules.SEARCH], blank=True)
    identifies = models.BooleanField(default=False)
    fresh_days = models.PositiveIntegerField(null=True)
    position = models.PositiveIntegerField(default=0)
    category = models.CharField(max_length=20, blank=True)
    sensitive = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=True)
    added_by = models.CharField(max_length=100, blank=True)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="element_once"),
            models.CheckConstraint(
                condition=Q(grade__gte=rules.LOWEST, grade__lte=rules.HIGHEST), name="element_grade_1_to_6"
            ),
            models.CheckConstraint(condition=~Q(sharing="none") | ~Q(basis=""), name="element_kept_back_with_a_basis"),
        ]
        ordering = ["kind", "position", "id"]
