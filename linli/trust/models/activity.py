"""The register of processing activities 个人信息处理活动登记, as versions: what is written down stays."""

from django.db import models

from linli.kernel import api as kernel


class ActivityVersion(kernel.Appended):
    """One version of an activity, in force from a day until the next one is. `content` as in `rules/activities.py`.

    What a domain ships stands until the first version of the county.
    """

    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    begins_on = models.DateField()
    content = models.JSONField()
    is_sample = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="activity_version_once")]
