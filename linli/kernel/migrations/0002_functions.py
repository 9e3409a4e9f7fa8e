"""SQL functions that hot paths call from inside their own functions."""

from django.db import migrations

PUBLISH = """
CREATE FUNCTION kernel_publish(fact_id uuid, kind text, payload jsonb, told_at timestamptz) RETURNS bigint
LANGUAGE sql AS $$
    INSERT INTO kernel_journalentry (fact_id, kind, payload, told_at) VALUES ($1, $2, $3, $4) RETURNING id
$$
"""

NEXT_SERIAL = """
CREATE FUNCTION kernel_next_serial(prefix text, day date) RETURNS integer
LANGUAGE sql AS $$
    INSERT INTO kernel_serial AS serial (prefix, day, last) VALUES ($1, $2, 1)
    ON CONFLICT (prefix, day) DO UPDATE SET last = serial.last + 1
    RETURNING last
$$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(PUBLISH, "DROP FUNCTION kernel_publish(uuid, text, jsonb, timestamptz)"),
        migrations.RunSQL(NEXT_SERIAL, "DROP FUNCTION kernel_next_serial(text, date)"),
        migrations.RunSQL("CREATE SEQUENCE kernel_revision_number", "DROP SEQUENCE kernel_revision_number"),
    ]
