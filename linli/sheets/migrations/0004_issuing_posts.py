"""Sample posts that were made before forms were admitted may issue and admit them from now on."""

from django.db import migrations

GIVEN = {
    "street-officer": ["sheets.issue"],
    "department-officer": ["sheets.issue"],
    "leader": ["sheets.admit"],
    "data-officer": ["sheets.admit"],
}


def give(apps, _schema_editor):  # noqa: ANN001, ANN201  as Django calls it
    """Add the capabilities once; a county may take them away again."""
    for post in apps.get_model("accounts", "Post").objects.filter(code__in=GIVEN, is_sample=True):
        post.capabilities = sorted({*post.capabilities, *GIVEN[post.code]})
        post.save(update_fields=["capabilities"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_roster_for_managers"),
        ("sheets", "0003_issuing"),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
