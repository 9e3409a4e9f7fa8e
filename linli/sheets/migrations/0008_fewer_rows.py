"""Digests of delivered rows stand in one row for each delivery; lines are not checked record by record."""

import django.db.models.deletion
from django.db import migrations, models

_GATHERED = """
INSERT INTO sheets_sentrows (delivery_id, digests)
SELECT delivery_id, string_agg(uuid_send(entity_id) || substring(decode(digest, 'hex') FROM 1 FOR 16), ''::bytea)
FROM sheets_sentrow GROUP BY delivery_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sheets", "0007_takers"),
    ]

    operations = [
        migrations.CreateModel(
            name="SentRows",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("digests", models.BinaryField()),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sent", to="sheets.delivery"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(_GATHERED, migrations.RunSQL.noop),
        migrations.DeleteModel(name="SentRow"),
        migrations.AlterField(
            model_name="line",
            name="entity",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="registry.entity",
            ),
        ),
        migrations.AlterField(
            model_name="line",
            name="part",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="sheets.part",
            ),
        ),
    ]
