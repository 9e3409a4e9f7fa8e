"""What happened to applications, grants and corrections: appended, never changed."""

from django.db import models

from linli.kernel import api as kernel


class History(kernel.Record):
    """One step in the life of one thing 办理记录. `subject_id` is the application, grant or correction."""

    subject_id = models.UUIDField()
    at = models.DateTimeField()
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    by_name = models.CharField(max_length=100)
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_id", "id"], name="history_of")]


class OwnerUnit(models.Model):
    """Which unit answers for the elements of an owner department as the dictionary names it 数据主管单位."""

    owner = models.CharField(max_length=60, primary_key=True)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")


class AnswerLimit(models.Model):
    """How many working days an answer may take 答复时限, where a county has set its own."""

    code = models.CharField(max_length=30, primary_key=True)
    days = models.PositiveSmallIntegerField()
