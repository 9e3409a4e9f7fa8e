"""The one tree over all entries; entries of forms 2 and 3; and what only SQL can say: the tree is only added to."""

from django.db import migrations, models


REFUSED = ("trust_ledgertree", "trust_treehead", "trust_ledgerkey", "trust_headsignature")

RECORD = """
CREATE OR REPLACE FUNCTION trust_record(leaf text, digest bytea) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    item jsonb := leaf::jsonb;
    form smallint := CASE item ->> 0 WHEN 'linli.ledger.1' THEN 1 WHEN 'linli.ledger.2' THEN 2 WHEN 'linli.ledger.3' THEN 3 END;
    moment bigint := (item ->> 2)::bigint;
BEGIN
    IF form IS NULL OR jsonb_array_length(item) <> (CASE form WHEN 1 THEN 18 ELSE 21 END) THEN
        RAISE EXCEPTION 'This is not a ledger entry in a form from linli.ledger.1 to linli.ledger.3.'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO trust_ledgerentry (
        id, at, actor_kind, person_id, holding_id, unit_id, post_code, action, purpose, case_ref,
        object_kind, object_id, subjects, elements, result, origin, basis, digest, form, trace, parent, parent_node
    ) VALUES (
        (item ->> 1)::uuid,
        -- in two steps: intervals are multiplied in floating point, exact for these up to the year 9000
        timestamptz 'epoch' + moment / 1000000 * interval '1 second' + moment % 1000000 * interval '1 microsecond',
        item ->> 3, (item ->> 4)::uuid,
        (item ->> 5)::uuid, (item ->> 6)::bigint, item ->> 7, item ->> 8, item ->> 9, item ->> 10, item ->> 11, item ->> 12,
        ARRAY(SELECT jsonb_array_elements_text(item -> 13)), ARRAY(SELECT jsonb_array_elements_text(item -> 14)),
        item ->> 15, item ->> 16, item ->> 17, trust_record.digest,
        form, coalesce(item ->> 18, ''), coalesce(item ->> 19, ''), coalesce(item ->> 20, '')
    );
END $$;
"""

TILES = """
ALTER TABLE trust_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
ALTER TABLE trust_tile ADD CONSTRAINT tile_is_of_hashes CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0);

CREATE FUNCTION trust_tile_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.level, NEW.number) IS DISTINCT FROM (OLD.level, OLD.number)
        OR substring(NEW.hashes FOR octet_length(OLD.hashes)) IS DISTINCT FROM OLD.hashes
    THEN
        RAISE EXCEPTION 'The use ledger is append-only: a tile grows at its end alone.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER trust_no_change BEFORE UPDATE ON trust_tile FOR EACH ROW EXECUTE FUNCTION trust_tile_grows();
CREATE TRIGGER trust_no_delete BEFORE DELETE ON trust_tile FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER trust_no_truncate BEFORE TRUNCATE ON trust_tile FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
ALTER TABLE trust_tile ENABLE ALWAYS TRIGGER trust_no_change;
ALTER TABLE trust_tile ENABLE ALWAYS TRIGGER trust_no_delete;
ALTER TABLE trust_tile ENABLE ALWAYS TRIGGER trust_no_truncate;
"""

NO_TILES = """
DROP TRIGGER trust_no_change ON trust_tile;
DROP TRIGGER trust_no_delete ON trust_tile;
DROP TRIGGER trust_no_truncate ON trust_tile;
DROP FUNCTION trust_tile_grows();
ALTER TABLE trust_tile DROP CONSTRAINT tile_is_of_hashes;
"""


def refuse(table: str) -> str:
    return f"""
CREATE TRIGGER trust_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER trust_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER trust_no_change;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER trust_no_truncate;
"""


def allow(table: str) -> str:
    return f"DROP TRIGGER trust_no_change ON {table}; DROP TRIGGER trust_no_truncate ON {table};"


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='HeadSignature',
            fields=[
                ('pk', models.CompositePrimaryKey('number', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField()),
                ('key', models.CharField(max_length=64)),
                ('signature', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='LedgerKey',
            fields=[
                ('fingerprint', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('algorithm', models.CharField(max_length=10)),
                ('public', models.CharField(max_length=200)),
                ('began_at', models.DateTimeField()),
                ('vouch', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='LedgerTree',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('origin', models.CharField(max_length=100)),
                ('hash', models.CharField(max_length=10)),
                ('since', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Tile',
            fields=[
                ('pk', models.CompositePrimaryKey('level', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.SmallIntegerField()),
                ('number', models.BigIntegerField()),
                ('hashes', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='TreeHead',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='form',
            field=models.SmallIntegerField(db_default=1),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='parent',
            field=models.TextField(db_default=''),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='parent_node',
            field=models.TextField(db_default=''),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='trace',
            field=models.TextField(db_default=''),
        ),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(condition=models.Q(('trace', ''), _negated=True), fields=['trace'], name='ledger_by_trace'),
        ),
        migrations.AddIndex(
            model_name='seal',
            index=models.Index(fields=['last_era', 'last_transaction', 'last_entry'], name='seal_by_last'),
        ),
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
        migrations.RunSQL(TILES, NO_TILES),
        *[migrations.RunSQL(refuse(table), allow(table)) for table in REFUSED],
    ]
