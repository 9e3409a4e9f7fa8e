"""Sample posts that were made before delivered forms were taken in may take them in from now on."""

from django.db import migrations

GIVEN = {
    "street-officer": ["sheets.accept"],
    "department-officer": ["sheets.accept"],
    "data-officer": ["sheets.accept"],
}


def give(apps, _schema_editor):  # noqa: ANN001, ANN201  as Django calls it
    """Add the capabilities once; a county may take them away again."""
    for post in apps.get_model("accounts", "Post").objects.filter(code__in=GIVEN, is_sample=True):
        post.capabilities = sorted({*post.capabilities, *GIVEN[post.code]})
        post.save(update_fields=["capabilities"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_roster_for_managers"),
        ("sheets", "0006_receipts"),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
