"""Marked persons 重点保护对象: each look at their data is reviewed, because they asked for it or the list says so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class MarkedPerson(kernel.Record):
    """Somebody at whom each look is reviewed, from `since` until `ended_at`; marked anew it is another row.

    `unit` keeps the list on which they stand; posts over another area see another list.
    `words` say why, `label` is a masked name for the list: no number is kept. Who asked themselves has neither.
    """

    class Way(models.TextChoices):
        """Who marked them 标记方式."""

        SELF = "self", _("they asked for it")
        LIST = "list", _("list of the security officer")

    subject = models.CharField(max_length=64)
    way = models.CharField(max_length=10, choices=Way.choices)
    label = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "way"], condition=Q(ended_at=None), name="marked_once"),
            models.CheckConstraint(condition=Q(way="self") | ~Q(words=""), name="marked_with_words"),
        ]
