"""Cards: what their columns ask for stands in cells of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sheets", "0008_fewer_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="part", name="is_card", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(
            model_name="column",
            name="place",
            field=models.CharField(blank=True, db_default="", default="", max_length=24),
        ),
    ]
