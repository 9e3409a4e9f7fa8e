"""Which state of a named set of rows is the present one, so that in-memory indexes know when to reload."""

from django.db import models


class Revision(models.Model):
    """The number is drawn from a sequence: a value seen in a transaction that was undone never comes again."""

    name = models.CharField(max_length=100, primary_key=True)
    number = models.BigIntegerField()
