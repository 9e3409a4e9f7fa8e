"""Leave cover: a lent holding ends by itself, is never lent on, and holds none of the three offices."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.kernel.rules.ids

FORWARD = """
CREATE OR REPLACE FUNCTION accounts_offices_of(someone uuid) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT accounts_offices(COALESCE(array_agg(code), '{}')) FROM (
        SELECT unnest(post.capabilities)::text AS code, held.capabilities::text[] AS kept
        FROM accounts_holding held JOIN accounts_post post ON post.id = held.post_id
        WHERE held.person_id = someone AND held.ended_at IS NULL
            AND (held.valid_to IS NULL OR held.valid_to >= current_date)
            AND (held.ends_at IS NULL OR held.ends_at > now())
    ) AS codes WHERE kept IS NULL OR code = ANY(kept)
$$;

DROP TRIGGER accounts_one_office ON accounts_holding;
CREATE CONSTRAINT TRIGGER accounts_one_office
    AFTER INSERT OR UPDATE OF person_id, post_id, valid_to, ended_at, ends_at, capabilities, lent_by_id
    ON accounts_holding FOR EACH ROW WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION accounts_one_office();

CREATE FUNCTION accounts_lent_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    source accounts_holding;
BEGIN
    IF NEW.lent_by_id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO source FROM accounts_holding WHERE id = NEW.lent_by_id;
    IF source.lent_by_id IS NOT NULL OR source.ends_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM accounts_holding WHERE lent_by_id = NEW.id) THEN
        RAISE EXCEPTION 'what was lent or opened for a while is not lent on' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'lent_once';
    END IF;
    IF (source.post_id, source.unit_id, source.division_id) <> (NEW.post_id, NEW.unit_id, NEW.division_id)
        OR source.grid_id IS DISTINCT FROM NEW.grid_id OR source.person_id = NEW.person_id
        OR NOT (source.capabilities IS NULL OR NEW.capabilities <@ source.capabilities)
        OR cardinality(accounts_offices(NEW.capabilities::text[])) > 0 THEN
        RAISE EXCEPTION 'a cover is what its holding is, for somebody else, without the three offices'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lent_as_it_is';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER accounts_lent_once AFTER INSERT OR UPDATE
    OF lent_by_id, person_id, post_id, unit_id, division_id, grid_id, capabilities, ends_at
    ON accounts_holding FOR EACH ROW EXECUTE FUNCTION accounts_lent_once();
"""
BACKWARD = """
DROP TRIGGER accounts_lent_once ON accounts_holding;
DROP FUNCTION accounts_lent_once();
"""
PERSON = {"null": True, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}
WHYS = [("leave", "on leave"), ("illness", "ill"), ("away", "away on duty"), ("training", "in training")]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_watched_sign_ins")]

    operations = [
        migrations.CreateModel(
            name="Cover",
            fields=[
                ("id", models.UUIDField(default=linli.kernel.rules.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("why", models.CharField(choices=WHYS, max_length=10)),
                ("made_at", models.DateTimeField()),
                ("ended_by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **PERSON)),
                (
                    "holding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cover", to="accounts.holding"
                    ),
                ),
                ("made_by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **PERSON)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="CoverLimits",
            fields=[
                ("number", models.AutoField(primary_key=True, serialize=False)),
                ("longest_days", models.PositiveSmallIntegerField()),
                ("ahead_days", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **PERSON)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("longest_days__gt", 0)), name="cover_has_days")
                ]
            },
        ),
        migrations.RemoveConstraint(model_name="holding", name="holding_lent_has_an_end"),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lent_by", None),
                    models.Q(("capabilities__isnull", False), ("ends_at__isnull", False), ("valid_to__isnull", False)),
                    _connector="OR",
                ),
                name="holding_lent_has_an_end",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
