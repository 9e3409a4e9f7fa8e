"""Overdue events rise: policies, escalations, the level of an event that never falls."""

import django.db.models.deletion
import linli.kernel.rules.ids
from django.conf import settings
from django.db import migrations, models


RISES_ONLY = """
CREATE FUNCTION events_level_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The level of an event only rises: % to % is refused.', OLD.level, NEW.level USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER events_level_rises BEFORE UPDATE OF level ON events_event
    FOR EACH ROW WHEN (NEW.level < OLD.level) EXECUTE FUNCTION events_level_rises();
"""
AS_IT_WAS = "DROP TRIGGER events_level_rises ON events_event; DROP FUNCTION events_level_rises()"
FIRST_LOOK = "UPDATE events_event SET escalate_due = accept_due WHERE closed_at IS NULL"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_throttle'),
        ('events', '0006_webhooks'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.UUIDField(default=linli.kernel.rules.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_level', models.PositiveSmallIntegerField()),
                ('to_level', models.PositiveSmallIntegerField()),
                ('clock', models.CharField(max_length=10)),
                ('due', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('policy_number', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('escalation', 'the way up'), ('objection', 'objections'), ('clocks', 'pauses and extensions')], max_length=20)),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('is_sample', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('in_force_from', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='event',
            name='escalate_due',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='held',
            field=models.CharField(blank=True, db_default='', default='', max_length=12),
        ),
        migrations.AddField(
            model_name='event',
            name='held_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='level',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='event',
            name='level_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('closed_at', None), models.Q(('escalate_due', None), _negated=True)), fields=['escalate_due', 'id'], name='event_rises'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='event',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='events.event'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='from_unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='to_unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit'),
        ),
        migrations.AddField(
            model_name='policy',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(fields=('event', 'to_level'), name='escalated_once_per_level'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(('to_level__gt', models.F('from_level'))), name='escalation_rises'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(fields=('kind', 'number'), name='policy_version_once'),
        ),
        migrations.RunSQL(RISES_ONLY, AS_IT_WAS),
        migrations.RunSQL(FIRST_LOOK, migrations.RunSQL.noop),
    ]
