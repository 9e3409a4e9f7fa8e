"""Matters whose events everybody may read 公开事项, decided by the county, from one moment to another."""

from django.db import models


class OpenMatter(models.Model):
    """From `since` on, new events of this matter are public: redacted text, no reporter.

    With `exact_place` the public sees the point and the address, otherwise the community and a point rounded to about
    100 metres. `until` ends it for later events; what was reported between the two stays public.
    """

    matter_code = models.CharField(max_length=40)
    exact_place = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter_code"], condition=models.Q(until=None), name="matter_open_once"),
        ]
