"""Names of addresses become names of places: of divisions too, with their source, and withdrawn instead of deleted."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

KINDS = [("former", "Former"), ("alias", "Alias"), ("colloquial", "Colloquial"), ("short", "Short")]


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_addresses")]

    operations = [
        migrations.RenameModel("AddressName", "PlaceName"),
        migrations.RemoveConstraint("placename", "address_name_once"),
        migrations.AlterField("placename", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AlterField(
            "placename", "address",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="names",
                to="regions.address",
            ),
        ),
        migrations.AddField(
            "placename", "division",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="other_names",
                to="regions.division",
            ),
        ),
        migrations.AddField(
            "placename", "source", models.CharField(blank=True, db_default="", default="", max_length=200)
        ),
        migrations.AddField("placename", "said_at", models.DateTimeField(null=True)),
        migrations.AddField("placename", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "placename", "withdrawn_by", models.CharField(blank=True, db_default="", default="", max_length=100)
        ),
        migrations.AddField(
            "placename", "withdrawn_why", models.CharField(blank=True, db_default="", default="", max_length=200)
        ),
        migrations.AddConstraint(
            "placename",
            models.UniqueConstraint(
                condition=Q(withdrawn_at=None), fields=("address", "division", "kind", "key", "valid_to"),
                name="place_name_once", nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            "placename",
            models.CheckConstraint(
                condition=Q(address=None, division__isnull=False) | Q(address__isnull=False, division=None),
                name="place_name_of_one",
            ),
        ),
        migrations.AddIndex(
            "placename",
            models.Index(condition=Q(address=None), fields=["division"], name="place_name_division"),
        ),
    ]  # fmt: skip
