"""Whom the rows of a table are about, as its own words say it: what is proposed before an officer has chosen."""

from dataclasses import replace

from linli.sheets.models import Part
from linli.sheets.queries.areas import level_for
from linli.sheets.queries.reading import BY_AREA
from linli.sheets.rules.scopes import Scope, scope_of, suggested


def proposed_scope(part: Part) -> Scope:
    """Return what was chosen last, else what title, sheet, notes and names say; of figures also what a row is."""
    words = [part.form.title, part.title, part.grid_name, *part.notes]
    scope = scope_of(part.scope) if part.ready_at else suggested(words, part.kind, part.form.division_id)
    if part.kind != BY_AREA or scope.level:
        return scope
    names = [word for one in part.columns.all() for word in one.path]
    return replace(scope, level=level_for(part, [*words, *names], part.form.division_id))


__all__ = ["proposed_scope"]
