"""Objections, precedents, and what holds or lengthens a clock, as rows."""

import django.db.models.deletion
import linli.kernel.rules.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_throttle'),
        ('events', '0010_reporter_email'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.UUIDField(default=linli.kernel.rules.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(choices=[('not_our_duty', 'another unit has this duty by law or by the duty list'), ('not_our_area', 'the place is not in our area'), ('otherwise', 'it is not what the report says'), ('several', 'several units are concerned')], max_length=20)),
                ('words', models.TextField()),
                ('at', models.DateTimeField()),
                ('round', models.PositiveSmallIntegerField()),
                ('due', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('', 'not decided yet'), ('moved', 'given to another unit'), ('kept', 'stays with the unit'), ('lapsed', 'overtaken: the event rose or ended')], db_default='', default='', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='events.event')),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                ('unit_decided', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Precedent',
            fields=[
                ('id', models.UUIDField(default=linli.kernel.rules.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('matter_code', models.CharField(max_length=40)),
                ('reason', models.CharField(choices=[('not_our_duty', 'another unit has this duty by law or by the duty list'), ('not_our_area', 'the place is not in our area'), ('otherwise', 'it is not what the report says'), ('several', 'several units are concerned')], max_length=20)),
                ('words', models.TextField()),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.division')),
                ('objection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='precedents', to='events.objection')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ClockSpan',
            fields=[
                ('id', models.UUIDField(default=linli.kernel.rules.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('pause', 'waiting for the reporter'), ('suspend', 'suspension'), ('extend', 'extension'), ('hang_up', 'hung up, with a date of review'), ('objection', 'waiting for a decision on an objection')], max_length=12)),
                ('outcome', models.CharField(choices=[('asked', 'asked for'), ('granted', 'granted'), ('refused', 'refused')], max_length=10)),
                ('words', models.TextField()),
                ('amount', models.PositiveIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('starts_at', models.DateTimeField(null=True)),
                ('limit_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('hours', models.PositiveIntegerField(default=0)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='events.event')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'id'], name='clock_span_of_event'), models.Index(condition=models.Q(('ended_at', None), ('outcome', 'granted'), models.Q(('limit_at', None), _negated=True)), fields=['limit_at'], name='clock_span_runs')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='clock_span_not_zero'), models.CheckConstraint(condition=models.Q(('limit_at', None), ('limit_at__gte', models.F('starts_at')), _connector='OR'), name='clock_span_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__lte', models.F('limit_at')), _connector='OR'), name='clock_span_ends_at_its_limit'), models.UniqueConstraint(condition=models.Q(('outcome', 'asked')), fields=('event',), name='clock_one_question_at_a_time'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('outcome', 'granted'), models.Q(('limit_at', None), _negated=True)), fields=('event',), name='clock_one_hold_at_a_time')],
            },
        ),
        migrations.AddIndex(
            model_name='objection',
            index=models.Index(condition=models.Q(('outcome', '')), fields=['office', 'due'], name='objection_open'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(fields=('event', 'unit'), name='objection_once_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('event',), name='objection_one_open'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['moved', 'kept']), _negated=True), models.Q(('unit_decided', None), _negated=True), _connector='OR'), name='objection_decided_for_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='precedent',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('matter_code', 'division'), name='precedent_one_holds'),
        ),
    ]
