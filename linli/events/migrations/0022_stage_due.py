"""The first open stage of an event stands on its head row, and lists go by what is due first: event or stage."""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Least

NEXT_DUE = Least("handle_due", "stage_due", output_field=models.DateTimeField())
OPEN = models.Q(closed_at=None)
WAYS = {"unit": "lead_unit", "county": "county", "street": "street", "community": "community", "grid": "grid"}
FILL = """
UPDATE events_event e SET stage_due = s.due
FROM (SELECT event_id, min(due) AS due FROM events_eventstage WHERE outcome = '' GROUP BY event_id) s
WHERE s.event_id = e.id AND e.closed_at IS NULL
  AND e.state IN ('dispatched', 'accepted', 'in_progress', 'reopened')
"""


def learn_what_is_there(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the planner know the new expression; known as empty, a new table would be walked as it grows."""
    if apps.get_model("events", "Event").objects.exists():
        schema_editor.execute("ANALYZE events_event")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_roster'),
        ('events', '0021_texts'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='stage_due',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='eventstage',
            name='missed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        *(migrations.RemoveIndex(model_name='event', name=f'event_open_{name}') for name in WAYS),
        *(
            migrations.AddIndex(
                model_name='event',
                index=models.Index(
                    models.F(field), NEXT_DUE, models.F('id'), condition=OPEN, name=f'event_open_{name}'
                ),
            )
            for name, field in WAYS.items()
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(
                fields=['stage_due'], condition=OPEN & ~models.Q(stage_due=None), name='event_stages'
            ),
        ),
        migrations.AddIndex(
            model_name='eventstage',
            index=models.Index(
                fields=['due', 'id'], condition=models.Q(outcome='', missed_at=None), name='stage_to_tell'
            ),
        ),
        migrations.RunPython(learn_what_is_there, migrations.RunPython.noop),
    ]
