"""`linli migrate`: Django's command, which renders a changed model alone and not all that it is tied to.

Everybody is tied to everybody through the person who acts, so Django would render each table hundreds of times: most of
the time of a first start. What needs the whole picture (Python in a migration) has all models rendered anew before it,
as Django does for every change it delays.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class OneByOne(ProjectState):
    """The models between two migrations; a change renders the changed model, the others wait until they are asked."""

    def _find_reload_model(self, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:  # noqa: ARG002  Django's signature
        self.is_delayed = True
        return {(app_label, model_name)}


class Executor(MigrationExecutor):
    """Django's executor, over such a state."""

    def _migrate_all_forwards(self, state: ProjectState, *args: Any, **options: Any) -> ProjectState:
        gradual = OneByOne(state.models, state.real_apps)
        return super()._migrate_all_forwards(gradual, *args, **options)  # type: ignore[misc, no-any-return]  # its own step, untyped


class Command(migrate.Command):
    """Brings the tables to the state of the code."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate with our executor: the command makes its own and offers no other way to give it one."""
        migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]  # imported there, not offered
        super().handle(*args, **options)
