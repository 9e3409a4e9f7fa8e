"""Counting of tables for those who work on them without owning them (docs/decisions/0031-role-that-owns-nothing.md).

It runs as the owner, so its search path is settled, with temporary tables last: nobody slips one in.
"""

from django.db import migrations

ANALYZE = """
CREATE FUNCTION kernel_analyze(tables text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY tables LOOP
        EXECUTE format('ANALYZE %I.%I', current_schema(), one);
    END LOOP;
END $$;
DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION kernel_analyze(text[]) SET search_path TO %I, pg_temp', current_schema());
END $do$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_keys")]
    operations = [migrations.RunSQL(ANALYZE, "DROP FUNCTION kernel_analyze(text[])")]
