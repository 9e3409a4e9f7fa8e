"""A form keeps its place on the list; those that were known by their file before are told theirs."""

import django.db.models.deletion
from django.db import migrations, models

BY_FILE = """
UPDATE sheets_form form SET admission_id = listed.id
  FROM (SELECT DISTINCT ON (digest) id, digest FROM sheets_admission
         WHERE digest <> '' AND list_number IS NOT NULL ORDER BY digest, id DESC) listed
 WHERE listed.digest = form.digest
"""


class Migration(migrations.Migration):
    dependencies = [("sheets", "0013_parted_lists")]

    operations = [
        migrations.AddField(
            model_name="form",
            name="admission",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="forms", to="sheets.admission"
            ),
        ),
        migrations.RunSQL(BY_FILE, migrations.RunSQL.noop),
    ]
