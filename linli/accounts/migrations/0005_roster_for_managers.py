"""Posts that were made before there was a duty roster and manage people and units keep it from now on as well."""

from django.db import migrations

MANAGE, ROSTER = "accounts.manage", "accounts.roster"


def give(apps, _schema_editor):  # noqa: ANN001, ANN201  as Django calls it
    """Add the capability once; a county may take it away again."""
    for post in apps.get_model("accounts", "Post").objects.filter(capabilities__contains=[MANAGE]):
        if ROSTER not in post.capabilities:
            post.capabilities = sorted([*post.capabilities, ROSTER])
            post.save(update_fields=["capabilities"])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_roster'),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
