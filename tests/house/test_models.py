"""The database has the same walls as the code: foreign keys point down and leave nothing on the lower side."""

import ast

from django.apps import apps
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.house.reading import domain, domains, height, name_of, of_kind, product_files, refuse, storey, tree

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def room(model):
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "linli" and parts[1] in domains() else None


def relations():
    """Yield (model, field, domain here, domain there) for each relation between two domains."""
    for model in apps.get_models(include_auto_created=False):
        here = room(model)
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many] if here else []:
            there = room(field.related_model) if field.is_relation and field.related_model else None
            if there and there != here:
                yield model, field, here, there


def test_foreign_keys_point_down():
    problems = [f"{model._meta.label}.{field.name}" for model, field, a, b in relations() if height(b) >= height(a)]
    refuse(problems, "A row knows only rows of lower floors; keep the id and listen to facts instead.")


def test_foreign_keys_leave_nothing_on_the_lower_side():
    problems = [
        f"{model._meta.label}.{field.name}"
        for model, field, _, _ in relations()
        if not field.remote_field.related_name or not field.remote_field.related_name.endswith("+")
    ]
    refuse(problems, 'Across a border write related_name="+".')


def first_argument(call):
    for keyword in call.keywords:
        if keyword.arg == "to":
            return keyword.value
    return call.args[0] if call.args else None


def names_from_elsewhere(path):
    return {
        alias.asname or alias.name
        for node in of_kind(tree(path))[ast.ImportFrom]
        if (node.module or "").startswith("linli")
        for alias in node.names
        if not (node.module or "").startswith(f"linli.{domain(path)}.")
    }


def test_foreign_keys_across_a_border_are_strings():
    problems = []
    for path in (p for p in product_files() if storey(p) == "models"):
        for call in of_kind(tree(path))[ast.Call]:
            if getattr(call.func, "attr", getattr(call.func, "id", "")) not in RELATIONS:
                continue
            target = first_argument(call)
            base = target.value if isinstance(target, ast.Attribute) else target
            if isinstance(base, ast.Name) and base.id in names_from_elsewhere(path):
                problems.append(f"{name_of(path)}:{call.lineno}")
    refuse(problems, 'Write the other domain\'s model as a string: "regions.Division".')


def test_no_migration_is_missing():
    loader = MigrationLoader(None)
    with translation.override(None):
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph)
    problems = [
        f"{label}: {operation.describe()}"
        for label, migrations in changes.items()
        if label in domains()
        for migration in migrations
        for operation in migration.operations
    ]
    refuse(problems, "Run `linli makemigrations`.")


def test_migrations_do_not_fork():
    conflicts = MigrationLoader(None).detect_conflicts()
    assert conflicts == {}


def test_django_finds_nothing_to_warn_of():
    call_command("check", fail_level="WARNING")
