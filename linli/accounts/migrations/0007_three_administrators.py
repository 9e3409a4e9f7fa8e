"""Nobody holds two of the three offices (system, security, audit): refused by the database, whoever writes the row.

What an installed node has stays as it is; the walls stand for every later change of a holding or of a post.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_offices(codes text[]) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT COALESCE(array_agg(DISTINCT office ORDER BY office), '{}') FROM (VALUES
        ('accounts.manage', 'system'), ('accounts.grant', 'security'), ('trust.purposes', 'security'),
        ('trust.audit', 'audit')
    ) AS known(code, office) WHERE code = ANY(codes)
$$;

CREATE FUNCTION accounts_offices_of(someone uuid) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT accounts_offices(COALESCE(array_agg(code), '{}')) FROM (
        SELECT unnest(post.capabilities)::text AS code
        FROM accounts_holding held JOIN accounts_post post ON post.id = held.post_id
        WHERE held.person_id = someone AND held.ended_at IS NULL
            AND (held.valid_to IS NULL OR held.valid_to >= current_date)
            AND (held.ends_at IS NULL OR held.ends_at > now())
    ) AS codes
$$;

CREATE FUNCTION accounts_one_office() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    someone uuid;
BEGIN
    IF TG_TABLE_NAME = 'accounts_holding' THEN
        IF cardinality(accounts_offices_of(NEW.person_id)) > 1 THEN
            RAISE EXCEPTION 'one person would hold two of the three offices' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'one_office';
        END IF;
        RETURN NULL;
    END IF;
    IF cardinality(accounts_offices(NEW.capabilities::text[])) > 1 THEN
        RAISE EXCEPTION 'a post would hold two of the three offices' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'one_office';
    END IF;
    FOR someone IN SELECT DISTINCT person_id FROM accounts_holding WHERE post_id = NEW.id AND ended_at IS NULL LOOP
        IF cardinality(accounts_offices_of(someone)) > 1 THEN
            RAISE EXCEPTION 'one person would hold two of the three offices' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'one_office';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER accounts_one_office AFTER INSERT OR UPDATE OF person_id, post_id, valid_to, ended_at
    ON accounts_holding FOR EACH ROW WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION accounts_one_office();
CREATE CONSTRAINT TRIGGER accounts_one_office AFTER INSERT OR UPDATE OF capabilities
    ON accounts_post FOR EACH ROW EXECUTE FUNCTION accounts_one_office();
"""
BACKWARD = """
DROP TRIGGER accounts_one_office ON accounts_holding;
DROP TRIGGER accounts_one_office ON accounts_post;
DROP FUNCTION accounts_one_office();
DROP FUNCTION accounts_offices_of(uuid);
DROP FUNCTION accounts_offices(text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_short_holdings")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
