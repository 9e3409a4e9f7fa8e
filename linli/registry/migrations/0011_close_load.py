"""The end of a first load that was given up, for the worker, which owns no table (docs/decisions/0031).

What is made again stands in registry_load, which only the owner writes. The function runs as the owner, so its search
path is settled, with temporary tables last: nobody slips a table of that name in.
"""

from django.db import migrations

CLOSE = """
CREATE FUNCTION registry_close_load(given_up text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET maintenance_work_mem = '384MB' AS $$
DECLARE
    known jsonb;
    made text;
    key jsonb;
BEGIN
    SELECT taken INTO known FROM registry_load WHERE run = given_up FOR UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
    FOR made IN SELECT one ->> 1 FROM jsonb_array_elements(known -> 'indexes') one LOOP
        EXECUTE regexp_replace(made, ' INDEX ', ' INDEX IF NOT EXISTS ');
    END LOOP;
    FOR key IN
        SELECT one FROM jsonb_array_elements(known -> 'keys') one
        WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND conname = one ->> 1)
    LOOP
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I %s', key ->> 0, key ->> 1, key ->> 2);
    END LOOP;
    SET CONSTRAINTS ALL DEFERRED;
    DELETE FROM registry_load WHERE run = given_up;
END $$;
DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION registry_close_load(text) SET search_path TO %I, pg_temp', current_schema());
END $do$
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0010_areas_beside")]
    operations = [migrations.RunSQL(CLOSE, "DROP FUNCTION registry_close_load(text)")]
