"""Files that were brought and could not be read 未能读取的文件: kept a while, so that nothing is lost."""

from django.db import models

from linli.kernel import api as kernel


class Unread(kernel.Record):
    """A file as it came, sealed, with the sentence that refused it. Who brought it alone sees it, and takes it back."""

    file = models.FileField(upload_to="forms/unread/%Y/%m/")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    sentence = models.TextField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "digest"], name="unread_once")]
