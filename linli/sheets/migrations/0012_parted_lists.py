"""Headings and sums that part the rows to fill of a list are kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sheets", "0011_answers_kept_a_while"),
    ]

    operations = [
        migrations.AddField(model_name="part", name="inner", field=models.JSONField(db_default=[], default=list)),
    ]
