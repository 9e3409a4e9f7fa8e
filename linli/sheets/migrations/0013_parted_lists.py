"""Headings and sums that part the rows to fill of a list are kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sheets", "0012_unread_files"),
    ]

    operations = [
        migrations.AddField(model_name="part", name="inner", field=models.JSONField(db_default=[], default=list)),
    ]
