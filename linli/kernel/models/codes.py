"""Code tables (代码表) of national standards, with where they come from and when they hold."""

from django.db import models


class CodeTable(models.Model):
    """One table of codes. `is_sample` marks contents that were not checked against the standard's own text."""

    code = models.CharField(max_length=40, primary_key=True)
    label = models.CharField(max_length=100)
    standard = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    source = models.TextField()
    is_sample = models.BooleanField(default=False)


class CodeEntry(models.Model):
    """One code of a table. Both valid dates are inclusive; none means open."""

    id = models.BigAutoField(primary_key=True)
    table = models.ForeignKey(CodeTable, on_delete=models.CASCADE, related_name="entries")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    parent = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "code", "valid_from"], name="code_once", nulls_distinct=False),
        ]
        ordering = ["table", "position"]
