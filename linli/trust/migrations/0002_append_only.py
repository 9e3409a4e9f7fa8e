"""What only SQL can say of the ledger: it takes entries in their canonical form, and neither changes nor forgets."""

from django.db import migrations

FORWARD = """
ALTER TABLE trust_ledgerentry ADD CONSTRAINT ledger_digest_is_sm3 CHECK (octet_length(digest) = 32);

CREATE FUNCTION trust_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The use ledger is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER trust_no_change BEFORE UPDATE OR DELETE ON trust_ledgerentry FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER trust_no_truncate BEFORE TRUNCATE ON trust_ledgerentry FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER trust_no_change BEFORE UPDATE OR DELETE ON trust_seal FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER trust_no_truncate BEFORE TRUNCATE ON trust_seal FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
ALTER TABLE trust_ledgerentry ENABLE ALWAYS TRIGGER trust_no_change;
ALTER TABLE trust_ledgerentry ENABLE ALWAYS TRIGGER trust_no_truncate;
ALTER TABLE trust_seal ENABLE ALWAYS TRIGGER trust_no_change;
ALTER TABLE trust_seal ENABLE ALWAYS TRIGGER trust_no_truncate;

CREATE FUNCTION trust_record(leaf text, digest bytea) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    item jsonb := leaf::jsonb;
    moment bigint := (item ->> 2)::bigint;
BEGIN
    IF item ->> 0 IS DISTINCT FROM 'linli.ledger.1' OR jsonb_array_length(item) <> 18 THEN
        RAISE EXCEPTION 'This is not a ledger entry in the form linli.ledger.1.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO trust_ledgerentry (
        id, at, actor_kind, person_id, holding_id, unit_id, post_code, action, purpose, case_ref,
        object_kind, object_id, subjects, elements, result, origin, basis, digest
    ) VALUES (
        (item ->> 1)::uuid,
        -- in two steps: intervals are multiplied in floating point, exact for these up to the year 9000
        timestamptz 'epoch' + moment / 1000000 * interval '1 second' + moment % 1000000 * interval '1 microsecond',
        item ->> 3, (item ->> 4)::uuid,
        (item ->> 5)::uuid, (item ->> 6)::bigint, item ->> 7, item ->> 8, item ->> 9, item ->> 10, item ->> 11, item ->> 12,
        ARRAY(SELECT jsonb_array_elements_text(item -> 13)), ARRAY(SELECT jsonb_array_elements_text(item -> 14)),
        item ->> 15, item ->> 16, item ->> 17, trust_record.digest
    );
END $$;
"""

BACKWARD = """
DROP FUNCTION trust_record(text, bytea);
DROP TRIGGER trust_no_change ON trust_ledgerentry;
DROP TRIGGER trust_no_truncate ON trust_ledgerentry;
DROP TRIGGER trust_no_change ON trust_seal;
DROP TRIGGER trust_no_truncate ON trust_seal;
DROP FUNCTION trust_refuse();
ALTER TABLE trust_ledgerentry DROP CONSTRAINT ledger_digest_is_sm3;
"""


class Migration(migrations.Migration):
    dependencies = [("trust", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
