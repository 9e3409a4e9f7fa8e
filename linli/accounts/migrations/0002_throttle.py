"""The table in which throttles count (Django's database cache), so that all processes of a node count together."""

from django.db import migrations

MAKE = """
CREATE TABLE accounts_throttle (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX accounts_throttle_expires ON accounts_throttle (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE accounts_throttle")]
