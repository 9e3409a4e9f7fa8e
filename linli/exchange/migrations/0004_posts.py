"""Sample posts that were made before data was shared may apply, answer and correct from now on as well."""

from django.db import migrations

GIVEN = {
    "grid-worker": ["exchange.correct"],
    "community-worker": ["exchange.answer", "exchange.correct"],
    "street-officer": ["exchange.correct"],
    "department-officer": ["exchange.answer", "exchange.apply", "exchange.approve", "exchange.use"],
    "data-officer": ["exchange.answer", "exchange.approve", "exchange.oversee", "exchange.publish"],
}


def give(apps, _schema_editor):  # noqa: ANN001, ANN201  as Django calls it
    """Add the capabilities once; a county may take them away again."""
    for post in apps.get_model("accounts", "Post").objects.filter(code__in=GIVEN, is_sample=True):
        post.capabilities = sorted({*post.capabilities, *GIVEN[post.code]})
        post.save(update_fields=["capabilities"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_roster_for_managers"),
        ("exchange", "0003_sharing"),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
