"""Terms of rights become versions of one limit; what the county had set itself is kept as the first."""

import json
from pathlib import Path

from django.db import migrations
from django.utils import timezone

SAMPLE = Path(__file__).parents[1] / "sample" / "rights.json"


def keep_own_terms(apps, _schema_editor):  # noqa: ANN001, ANN201  as Django calls it
    """Keep them where any was not a sample."""
    rows = list(apps.get_model("trust", "RightTerm").objects.all())
    if all(row.is_sample for row in rows):
        return
    content = {one["kind"]: {"days": one["days"], "basis": one["basis"]} for one in json.loads(SAMPLE.read_text("utf-8"))}
    content |= {row.kind: {"days": min(row.days, 60), "basis": row.basis or "-"} for row in rows}
    versions = apps.get_model("trust", "PolicyVersion").objects
    versions.create(code="right_terms", number=1, content=content, made_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("trust", "0015_explained_decisions")]

    operations = [
        migrations.RunPython(keep_own_terms, migrations.RunPython.noop),
        migrations.DeleteModel(name="RightTerm"),
    ]
