"""Helpers' parts know whether the event is open; a number is unique by a constraint, without a second index."""

from django.conf import settings
from django.db import migrations, models


FOLLOW = """
UPDATE events_part p SET is_open = false FROM events_event e WHERE e.id = p.event_id AND e.closed_at IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_throttle'),
        ('events', '0002_intake'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='part',
            name='is_open',
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.RunSQL(FOLLOW, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='event',
            name='number',
            field=models.CharField(max_length=40),
        ),
        migrations.AddIndex(
            model_name='part',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['unit', 'event'], name='part_open'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('number',), name='event_number_once'),
        ),
    ]
