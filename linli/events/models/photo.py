"""Photos 照片: the original for those who may see it, a copy without place and camera data for the public."""

from django.db import models

from linli.kernel import api as kernel


class Photo(kernel.Record):
    """One photo of an event. `original` stays as sent; `public` has no EXIF data and at most 1600 px a side.

    One that a follower gave is for staff and that follower, not for the reporter.
    """

    class Kind(models.TextChoices):
        """What the photo shows."""

        REPORT = "report", "report 反映"
        RESULT = "result", "result 办理"
        CHECK = "check", "check 核查"
        FOLLOWER = "follower", "follower 关注人"

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="photos")
    follower = models.ForeignKey("events.Follower", null=True, on_delete=models.CASCADE, related_name="photos")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REPORT)
    original = models.FileField(upload_to="original/%Y/%m/")
    public = models.FileField(upload_to="public/%Y/%m/")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(follower=None) | models.Q(kind="follower"), name="photo_of_a_follower_says_so"
            ),
        ]
