"""Entries composed before, recorded together: one statement for hundreds, where a call for each took twice as long."""

from django.db import migrations


# As in `trust_record`: time in two steps, since intervals are multiplied in floating point, exact to the year 9000.
RECORD_ALL = """
CREATE FUNCTION trust_record_all(leaves jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO trust_ledgerentry (
        id, at, actor_kind, person_id, holding_id, unit_id, post_code, action, purpose, case_ref,
        object_kind, object_id, subjects, elements, result, origin, basis, digest, form, trace, parent, parent_node
    )
    SELECT (item ->> 1)::uuid,
        timestamptz 'epoch' + moment / 1000000 * interval '1 second' + moment % 1000000 * interval '1 microsecond',
        item ->> 3, (item ->> 4)::uuid,
        (item ->> 5)::uuid, (item ->> 6)::bigint, item ->> 7, item ->> 8, item ->> 9, item ->> 10, item ->> 11, item ->> 12,
        ARRAY(SELECT jsonb_array_elements_text(item -> 13)), ARRAY(SELECT jsonb_array_elements_text(item -> 14)),
        item ->> 15, item ->> 16, item ->> 17, decode(leaf.digest, 'hex'),
        form, coalesce(item ->> 18, ''), coalesce(item ->> 19, ''), coalesce(item ->> 20, '')
    FROM jsonb_to_recordset(leaves) AS leaf(item jsonb, digest text)
    CROSS JOIN LATERAL (SELECT (item ->> 2)::bigint, -- what is in none of the forms has no number of a form: refused
        CASE WHEN jsonb_array_length(item) = CASE item ->> 0 WHEN 'linli.ledger.1' THEN 18 ELSE 21 END
            THEN array_position('{linli.ledger.1, linli.ledger.2, linli.ledger.3}', item ->> 0) END
    ) AS said(moment, form);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("trust", "0019_list_of_a_unit")]
    operations = [migrations.RunSQL(RECORD_ALL, "DROP FUNCTION trust_record_all(jsonb);")]
