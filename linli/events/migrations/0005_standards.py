"""Standards: versions with effective dates, stages, levels, templates, dispatch rules, and alarms when one breaks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEP_HISTORY = """
INSERT INTO events_enforcement (duty_list_id, begins_at, decided_at, by_name, words, is_rollback)
SELECT id, in_force_from, in_force_from, '', '', false FROM events_dutylist WHERE in_force_from IS NOT NULL
"""
NO_EVIDENCE = "UPDATE events_matteritem SET evidence = '{}' WHERE evidence = '[]'"


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0004_open_matters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='dutylist',
            name='base',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.dutylist'),
        ),
        migrations.AddField(
            model_name='dutylist',
            name='columns',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='dutylist',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dutylist',
            name='unread',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='matteritem',
            name='check_hours',
            field=models.PositiveIntegerField(default=8),
        ),
        migrations.AddField(
            model_name='matteritem',
            name='closing_words',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='matteritem',
            name='leads',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='matteritem',
            name='more',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='matteritem',
            name='note',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='matteritem',
            name='opening_words',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='matteritem',
            name='place',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='matteritem',
            name='stages',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='matteritem',
            name='templates',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='matteritem',
            name='evidence',
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name='Enforcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=60)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('is_rollback', models.BooleanField(default=False)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duty_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enforcements', to='events.dutylist')),
            ],
        ),
        migrations.CreateModel(
            name='DispatchRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=100)),
                ('conditions', models.JSONField(default=dict)),
                ('target', models.CharField(max_length=60)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('duty_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='events.dutylist')),
            ],
            options={
                'ordering': ('place', 'id'),
                'constraints': [models.UniqueConstraint(fields=('duty_list', 'name'), name='dispatch_rule_once')],
            },
        ),
        migrations.CreateModel(
            name='RuleAlarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=120)),
                ('problem', models.JSONField()),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('duty_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='events.dutylist')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('duty_list', 'subject'), name='rule_alarm_open_once')],
            },
        ),
        migrations.RunSQL(KEEP_HISTORY, migrations.RunSQL.noop),
        migrations.RunSQL(NO_EVIDENCE, migrations.RunSQL.noop),
    ]
