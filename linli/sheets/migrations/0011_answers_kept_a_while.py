"""An answer from the doors is kept, sealed, until its owner had the time to decide."""

from django.db import migrations

import linli.kernel.models.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("sheets", "0010_lines_by_record"),
    ]

    operations = [
        migrations.AddField(
            model_name="gap",
            name="value",
            field=linli.kernel.models.sealed.SealedTextField(context="sheets.gap.value", null=True),
        ),
    ]
