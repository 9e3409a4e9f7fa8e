"""Tokens are compared byte by byte: in the order of a language their index took twice as long to make."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0014_first_area_first")]
    operations = [
        migrations.AlterField(
            model_name="identifier", name="token", field=models.CharField(db_collation="C", max_length=64)
        )
    ]
