"""Open data sets 开放数据集: what is counted, and the editions that were published; firms that give data back."""

from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel


class OpenSet(kernel.Record):
    """One data set of the open list 开放目录: an element of a kind, counted by area. One for each element.

    Two sets over the same element at different levels could be subtracted from each other, so there is only one.
    `stands_on` and `risen_told_at` are as those of a grant.
    """

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=100)
    about = models.TextField()
    kind = models.CharField(max_length=20)
    element = models.CharField(max_length=40)
    by = models.CharField(max_length=10)
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    least = models.PositiveSmallIntegerField(default=10)
    cycle = models.CharField(max_length=10, default="year")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    stands_on = models.JSONField(default=dict)
    risen_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "element"], condition=Q(ended_at=None), name="open_set_once"),
        ]


class Edition(kernel.Record):
    """One version of a data set as it is published 发布版本: {areas, values, cells, totals}, what is kept back as null.

    An officer looks at it before it is published; then it never changes.
    """

    of = models.ForeignKey(OpenSet, on_delete=models.CASCADE, related_name="editions", db_index=False)
    version = models.PositiveIntegerField()
    table = models.JSONField()
    kept_back = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "version"], name="edition_once")]


class Deidentified(kernel.Record, kernel.Appended):
    """A decision 去标识化、匿名化审定 that a public table shows less than its element: nothing else lowers its grade.

    `fewest` is the smallest number in the edition it was decided on (k), `least` how many it had to be (n); `stood_on`
    is the grade of the element then: once that has risen, the decision lowers nothing. It ends with the day `until`.
    """

    of = models.ForeignKey(OpenSet, on_delete=models.PROTECT, related_name="decisions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=[(one, one) for one in ("deidentified", "anonymised")])
    words = models.CharField(max_length=500)
    fewest = models.PositiveIntegerField()
    least = models.PositiveSmallIntegerField()
    stood_on = models.PositiveSmallIntegerField()
    grade = models.PositiveSmallIntegerField()
    until = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fewest__gte=F("least")), name="deidentified_k_is_at_least_n"),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lt=F("stood_on")), name="deidentified_lowers"),
        ]


class FirmSource(kernel.Record):
    """A firm that gives data back 企业回流数据, as a source of the registry: its contract, its purpose, how long."""

    source = models.OneToOneField("registry.Source", on_delete=models.PROTECT, related_name="+")
    firm = models.CharField(max_length=100)
    contract = models.CharField(max_length=60, unique=True)
    purpose = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
