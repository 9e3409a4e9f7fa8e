"""Attempts to sign in remember the browser, as a keyed hash; the security watch belongs to the security administrator."""

from django.db import migrations, models

OFFICES = """
CREATE OR REPLACE FUNCTION accounts_offices(codes text[]) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT COALESCE(array_agg(DISTINCT office ORDER BY office), '{}') FROM (VALUES
        ('accounts.manage', 'system'), ('accounts.grant', 'security'), ('trust.purposes', 'security'),
        %s('trust.audit', 'audit')
    ) AS known(code, office) WHERE code = ANY(codes)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_three_administrators")]
    operations = [
        migrations.AddField(
            model_name="signin",
            name="browser",
            field=models.CharField(blank=True, db_default="", default="", max_length=16),
        ),
        migrations.AddIndex(model_name="signin", index=models.Index(fields=["at"], name="sign_in_by_time")),
        migrations.AddIndex(
            model_name="signin",
            index=models.Index(condition=models.Q(("result", "done")), fields=["person", "at"], name="sign_in_done"),
        ),
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("receipt", "number of a report"),
                    ("answer", "answer to a report"),
                    ("dispatch", "events for a unit"),
                    ("alert", "security alert"),
                    ("test", "test"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunSQL(OFFICES % "('trust.watch', 'security'), ", OFFICES % ""),
    ]
