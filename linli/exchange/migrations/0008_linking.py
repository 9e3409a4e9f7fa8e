"""Why a pair waits to be judged, and the queue in the order of waiting."""

from django.db import migrations, models

CAUSES = ["mistyped", "namesake", "siblings", "sound", "thin", "home"]


class Migration(migrations.Migration):
    dependencies = [("exchange", "0007_evidence")]

    operations = [
        migrations.AddField(
            "linkagereview", "cause",
            models.CharField(
                blank=True, choices=[(code, code) for code in CAUSES], db_default="", default="", max_length=10
            ),
        ),
        migrations.AddIndex(
            "linkagereview", models.Index(fields=["state", "raised_at", "id"], name="linkage_review_waiting")
        ),
    ]  # fmt: skip
