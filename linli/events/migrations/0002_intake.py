"""The intake hot path as one function: number, event, timeline, ledger and fact in one round trip.

Why it is in SQL: docs/decisions/0010-intake-in-one-function.md. Business rules stay in actions/intake.py; this only
writes down what was decided there, and gives the number last, because the row of (prefix, day) stays locked.
"""

from django.db import migrations

KNOWN = """
CREATE FUNCTION events_known(known uuid, digest text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('known', jsonb_build_object(
        'event_id', e.id, 'digest', digest, 'number', e.number, 'state', e.state, 'unit_name', u.name,
        'accept_due', e.accept_due, 'handle_due', e.handle_due, 'why', e.why))
    FROM events_event e JOIN accounts_unit u ON u.id = e.lead_unit_id WHERE e.id = known
$$
"""

INTAKE = """
CREATE FUNCTION events_intake(taken jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    new_id uuid := (taken #>> '{event,id}')::uuid;
    reported timestamptz := (taken #>> '{event,reported_at}')::timestamptz;
    day date := (taken ->> 'day')::date;
    serial text;
    number text;
    known uuid;
    known_digest text;
BEGIN
    IF taken #>> '{event,source_number}' IS NOT NULL THEN
        SELECT e.id INTO known FROM events_event e
        WHERE e.channel = taken #>> '{event,channel}' AND e.source_number = taken #>> '{event,source_number}';
        IF FOUND THEN
            RETURN events_known(known, NULL);
        END IF;
    END IF;
    IF taken ? 'key' THEN
        INSERT INTO events_intakekey (scope, key, digest, event_id)
        VALUES (taken #>> '{key,scope}', taken #>> '{key,key}', taken #>> '{key,digest}', new_id)
        ON CONFLICT (scope, key) DO NOTHING;
        IF NOT FOUND THEN
            SELECT k.event_id, k.digest INTO known, known_digest FROM events_intakekey k
            WHERE k.scope = taken #>> '{key,scope}' AND k.key = taken #>> '{key,key}';
            RETURN events_known(known, known_digest);
        END IF;
    END IF;

    serial := kernel_next_serial(taken ->> 'prefix', day)::text;
    number := (taken ->> 'prefix') || '-' || to_char(day, 'YYYYMMDD') || '-' || lpad(serial, greatest(4, length(serial)), '0');
    INSERT INTO events_event
    SELECT e.* FROM jsonb_populate_record(NULL::events_event,
        (taken -> 'event') || jsonb_build_object('number', number)) e;
    INSERT INTO events_track
    SELECT t.* FROM jsonb_populate_recordset(NULL::events_track, taken -> 'tracks') t;
    IF taken ? 'reporter' THEN
        INSERT INTO events_reporter (event_id, name, phone)
        VALUES (new_id, (taken #>> '{reporter,name}')::bytea, (taken #>> '{reporter,phone}')::bytea);
    END IF;
    INSERT INTO events_part (event_id, unit_id, since)
    SELECT new_id, helper::bigint, reported FROM jsonb_array_elements_text(taken -> 'helpers') helper;
    PERFORM trust_record(taken #>> '{ledger,text}', (taken #>> '{ledger,digest}')::bytea);
    PERFORM kernel_publish((taken #>> '{fact,id}')::uuid, taken #>> '{fact,kind}',
        (taken #> '{fact,payload}') || jsonb_build_object('number', number), reported);
    RETURN jsonb_build_object('number', number);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("kernel", "0002_functions"), ("trust", "0002_append_only")]

    operations = [
        migrations.RunSQL(KNOWN, "DROP FUNCTION events_known(uuid, text)"),
        migrations.RunSQL(INTAKE, "DROP FUNCTION events_intake(jsonb)"),
    ]
