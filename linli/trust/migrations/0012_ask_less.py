"""Asking less: its policy and decisions, the register of devices, impact assessments that are kept three years."""

import django.db.models.deletion
import linli.kernel.rules.ids
from django.conf import settings
from django.db import migrations, models

KEPT = """
ALTER TABLE trust_impactassessment ADD CONSTRAINT assessment_kept_three_years
    CHECK (kept_until >= (made_on + interval '3 years')::date);

CREATE FUNCTION trust_keep_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.kept_until < current_date THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'An impact assessment is kept until %, and never changed: % is refused.', OLD.kept_until, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER trust_no_change BEFORE UPDATE OR DELETE ON trust_impactassessment
    FOR EACH ROW EXECUTE FUNCTION trust_keep_assessment();
CREATE TRIGGER trust_no_truncate BEFORE TRUNCATE ON trust_impactassessment
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
ALTER TABLE trust_impactassessment ENABLE ALWAYS TRIGGER trust_no_change;
ALTER TABLE trust_impactassessment ENABLE ALWAYS TRIGGER trust_no_truncate;
"""
FREE = """
DROP TRIGGER trust_no_change ON trust_impactassessment;
DROP TRIGGER trust_no_truncate ON trust_impactassessment;
DROP FUNCTION trust_keep_assessment();
ALTER TABLE trust_impactassessment DROP CONSTRAINT assessment_kept_three_years;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_three_administrators'),
        ('regions', '0003_former_names'),
        ('trust', '0011_exports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=linli.kernel.rules.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=30)),
                ('operator', models.CharField(max_length=100)),
                ('address', models.CharField(max_length=200)),
                ('place', models.CharField(max_length=30)),
                ('purpose', models.CharField(max_length=60)),
                ('necessity', models.TextField(blank=True)),
                ('alternative', models.TextField(blank=True)),
                ('retention_days', models.PositiveSmallIntegerField()),
                ('people', models.PositiveIntegerField(default=0)),
                ('filed_as', models.CharField(blank=True, max_length=100)),
                ('signs', models.TextField(blank=True)),
                ('reads_body', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('drafted', 'being written'), ('applied', 'waits for a decision'), ('allowed', 'allowed, not connected'), ('refused', 'not allowed'), ('connected', 'connected'), ('in_review', 'closed, under review'), ('removed', 'taken off')], default='drafted', max_length=12)),
                ('made_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('conditions', models.TextField(blank=True)),
                ('review_on', models.DateField(null=True)),
                ('review_told_on', models.DateField(null=True)),
                ('key_digest', models.CharField(blank=True, max_length=64)),
                ('applied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.division')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='DeviceStep',
            fields=[
                ('id', models.UUIDField(default=linli.kernel.rules.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(max_length=12)),
                ('before', models.CharField(blank=True, max_length=12)),
                ('after', models.CharField(max_length=12)),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='trust.device')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExcessDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asking', models.CharField(max_length=120)),
                ('rule', models.CharField(max_length=30)),
                ('element', models.CharField(blank=True, max_length=80)),
                ('outcome', models.CharField(choices=[('mend', 'is mended'), ('justified', 'is justified')], max_length=10)),
                ('words', models.CharField(max_length=500)),
                ('until', models.DateField()),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ImpactAssessment',
            fields=[
                ('id', models.UUIDField(default=linli.kernel.rules.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sort', models.CharField(choices=[('activity', 'processing activity'), ('device', 'device'), ('automated', 'automated decision'), ('entrusted', 'processing by a contractor')], max_length=12)),
                ('subject', models.CharField(max_length=120)),
                ('version', models.PositiveIntegerField()),
                ('answers', models.JSONField()),
                ('risk', models.CharField(choices=[('low', 'low risk'), ('middle', 'middling risk'), ('high', 'high risk')], max_length=10)),
                ('measures', models.TextField()),
                ('conclusion', models.CharField(choices=[('go', 'may be done'), ('go_with', 'may be done with the measures named'), ('stop', 'may not be done')], max_length=10)),
                ('made_at', models.DateTimeField()),
                ('made_on', models.DateField()),
                ('valid_until', models.DateField()),
                ('kept_until', models.DateField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.AddIndex(
            model_name='device',
            index=models.Index(fields=['division', 'number'], name='device_of_area'),
        ),
        migrations.AddIndex(
            model_name='device',
            index=models.Index(condition=models.Q(('state__in', ['allowed', 'connected'])), fields=['review_on'], name='device_to_review'),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['allowed', 'connected']), _negated=True), models.Q(('decided_at__isnull', False), ('review_on__isnull', False)), _connector='OR'), name='device_allowed_by_decision'),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), ('applied_by', None), models.Q(('decided_by', models.F('applied_by')), _negated=True), _connector='OR'), name='device_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'connected'), _negated=True), models.Q(('key_digest', ''), _negated=True), _connector='OR'), name='device_connected_with_a_key'),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'connected'), ('key_digest', ''), _connector='OR'), name='device_key_only_connected'),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['applied', 'allowed', 'connected']), _negated=True), ('reads_body', False), models.Q(('alternative', ''), _negated=True), _connector='OR'), name='device_has_another_way'),
        ),
        migrations.AddIndex(
            model_name='excessdecision',
            index=models.Index(fields=['asking', 'rule', 'element', '-id'], name='excess_newest'),
        ),
        migrations.AddConstraint(
            model_name='excessdecision',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='excess_decided_with_words'),
        ),
        migrations.AddConstraint(
            model_name='impactassessment',
            constraint=models.UniqueConstraint(fields=('sort', 'subject', 'version'), name='assessment_version_once'),
        ),
        migrations.AddConstraint(
            model_name='impactassessment',
            constraint=models.CheckConstraint(condition=models.Q(('measures', ''), _negated=True), name='assessment_names_measures'),
        ),
        migrations.RunSQL(KEPT, FREE),
    ]
