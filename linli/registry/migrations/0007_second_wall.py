"""Row-level security on what the base keeps of people: the area columns of an entity, and whatever hangs on one.

The owner of the tables, who writes, is not bound; whoever else may read them sees rows of the areas that the transaction
names once in `linli.areas` and `linli.grids` (see docs/decisions/0021-second-wall.md). Each array is an uncorrelated
sub-select, so that a query reads it once. After a transaction that set it, a setting is an empty text, not NULL.
"""

from django.db import migrations

AREAS = "(SELECT nullif(current_setting('linli.areas', true), '')::bigint[])::bigint[]"
GRIDS = "(SELECT nullif(current_setting('linli.grids', true), '')::bigint[])::bigint[]"
PLACES = ("county_id", "street_id", "community_id")
REGISTERED = ("registered_street_id", "registered_community_id")
OF_ENTITY = "EXISTS (SELECT FROM registry_entity e WHERE e.id = {0})"
IN_AREA = " OR ".join(f"{column} = ANY ({AREAS})" for column in (*PLACES, *REGISTERED))

POLICIES = {
    "registry_entity": f"{IN_AREA} OR grid_id = ANY ({GRIDS})",
    "registry_identifier": OF_ENTITY.format("entity_id"),
    "registry_sourcerecord": OF_ENTITY.format("entity_id"),
    "registry_identity": OF_ENTITY.format("entity_id"),
    "registry_relation": f"{OF_ENTITY.format('start_id')} OR {OF_ENTITY.format('end_id')}",
    "registry_tagmark": OF_ENTITY.format("entity_id"),
    "registry_listing": OF_ENTITY.format("entity_id"),
    "registry_listingstep": "EXISTS (SELECT FROM registry_listing l WHERE l.id = listing_id)",
}
FORWARD = "\n".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY {table}_sight ON {table} FOR SELECT USING ({condition});"
    for table, condition in POLICIES.items()
)
BACKWARD = "\n".join(
    f"DROP POLICY {table}_sight ON {table};\nALTER TABLE {table} DISABLE ROW LEVEL SECURITY;" for table in POLICIES
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_tag_occasions")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
