"""What `linli migrate` leaves behind is what the models say, though changed models are rendered one by one."""

import pytest
from django.apps import apps
from django.db import connection

from linli.site.management.commands.migrate import Command, Executor, migrate


@pytest.mark.slow
@pytest.mark.django_db
def test_every_table_has_the_columns_and_foreign_keys_of_its_model():
    wrong = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.managed:
                continue
            table = model._meta.db_table
            fields = model._meta.local_concrete_fields
            columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            tied = set(connection.introspection.get_relations(cursor, table))
            wanted = {field.column for field in fields if field.is_relation and field.db_constraint}
            wrong += [table] if columns != {field.column for field in fields} or wanted - tied else []
    assert not wrong


def test_the_command_migrates_with_the_executor_of_this_house(monkeypatch):
    monkeypatch.setattr(migrate.Command, "handle", lambda *_args, **_options: migrate.MigrationExecutor)
    monkeypatch.setattr(migrate, "MigrationExecutor", migrate.MigrationExecutor)
    Command().handle()
    assert migrate.MigrationExecutor is Executor
