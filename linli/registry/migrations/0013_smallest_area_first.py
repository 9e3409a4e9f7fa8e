"""The policy on entities asks for the smallest area first, and for grids only where there are any.

A row is let in at the first condition that holds, and most officers look at a grid or a community: a count of 1,000 rows
took a sixth longer behind the wall than by hand with the county first, a tenth longer so.
"""

from django.db import migrations

AREAS = "(SELECT nullif(current_setting('linli.areas', true), '')::bigint[])::bigint[]"
GRIDS = "(SELECT nullif(current_setting('linli.grids', true), '')::bigint[])::bigint[]"
ARE_THERE_GRIDS = "(SELECT current_setting('linli.grids', true) <> '{}')"
BY_SIZE = ("community_id", "street_id", "county_id", "registered_community_id", "registered_street_id")
BEFORE = ("county_id", "street_id", "community_id", "registered_street_id", "registered_community_id")
IN_GRID = f"grid_id = ANY ({GRIDS})"


def _policy(*conditions: str) -> str:
    return f"ALTER POLICY registry_entity_sight ON registry_entity USING ({' OR '.join(conditions)});"


def _in_area(columns: tuple[str, ...]) -> list[str]:
    return [f"{column} = ANY ({AREAS})" for column in columns]


class Migration(migrations.Migration):
    dependencies = [("registry", "0012_guardianships")]
    operations = [
        migrations.RunSQL(
            _policy(f"({ARE_THERE_GRIDS} AND {IN_GRID})", *_in_area(BY_SIZE)),
            _policy(*_in_area(BEFORE), IN_GRID),
        )
    ]
