from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('regions', '0003_former_names'),
        ('registry', '0009_bindings'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='entity',
            name='entity_county',
        ),
        migrations.RemoveIndex(
            model_name='entity',
            name='entity_street',
        ),
        migrations.RemoveIndex(
            model_name='entity',
            name='entity_community',
        ),
        migrations.RemoveIndex(
            model_name='entity',
            name='entity_grid',
        ),
        migrations.AddIndex(
            model_name='entity',
            index=models.Index(fields=['county', 'kind', 'sort', 'id'], include=('street_id', 'community_id', 'grid_id', 'registered_street_id', 'registered_community_id'), name='entity_county'),
        ),
        migrations.AddIndex(
            model_name='entity',
            index=models.Index(fields=['street', 'kind', 'sort', 'id'], include=('county_id', 'community_id', 'grid_id', 'registered_street_id', 'registered_community_id'), name='entity_street'),
        ),
        migrations.AddIndex(
            model_name='entity',
            index=models.Index(fields=['community', 'kind', 'sort', 'id'], include=('county_id', 'street_id', 'grid_id', 'registered_street_id', 'registered_community_id'), name='entity_community'),
        ),
        migrations.AddIndex(
            model_name='entity',
            index=models.Index(fields=['grid', 'kind', 'sort', 'id'], include=('county_id', 'street_id', 'community_id', 'registered_street_id', 'registered_community_id'), name='entity_grid'),
        ),
    ]
