"""Sample posts that were made before forms were filled may fill and check them from now on."""

from django.db import migrations

GIVEN = {
    "grid-worker": ["sheets.answer"],
    "community-worker": ["sheets.answer", "sheets.check", "sheets.fill"],
    "street-officer": ["sheets.check", "sheets.fill"],
    "department-officer": ["sheets.check", "sheets.fill"],
    "data-officer": ["sheets.check"],
}


def give(apps, _schema_editor):  # noqa: ANN001, ANN201  as Django calls it
    """Add the capabilities once; a county may take them away again."""
    for post in apps.get_model("accounts", "Post").objects.filter(code__in=GIVEN, is_sample=True):
        post.capabilities = sorted({*post.capabilities, *GIVEN[post.code]})
        post.save(update_fields=["capabilities"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_roster_for_managers"),
        ("sheets", "0001_forms"),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
