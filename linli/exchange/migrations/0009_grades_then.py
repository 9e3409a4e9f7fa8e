"""What is allowed keeps the grades it was decided on; what was allowed before stands on those of now."""

from typing import Any

from django.db import migrations, models

from linli.trust import api as trust

ALLOWED = ("grant", "subscription", "openset")


def stand_on_now(apps: Any, _editor: Any) -> None:
    """Let what is allowed stand on the grades its elements have, and what these do, at this moment."""
    grades = {
        (kind, code): grade
        for kind, code, grade in apps.get_model("registry", "Element").objects.values_list("kind", "code", "grade")
    }
    sights = {grade: line.sight for grade, line in trust.shipped_handling().items()}
    for line in apps.get_model("trust", "HandlingVersion").objects.order_by("since", "id"):
        sights[line.grade] = line.content["sight"]
    for name in ALLOWED:
        for row in apps.get_model("exchange", name).objects.all():
            named = {one: _place(row, one) for one in _named(row)}
            row.stands_on = {
                one: [grades[place], trust.SIGHT.index(sights[grades[place]])]
                for one, place in named.items()
                if place in grades
            }
            row.save(update_fields=["stands_on"])


def _named(row: Any) -> list[str]:
    return [row.element] if hasattr(row, "element") else [*row.elements, *getattr(row, "rows", ())]


def _place(row: Any, one: str) -> tuple[str, str]:
    kind, _dot, code = one.partition(".")
    return (kind, code) if hasattr(row, "kinds") else (row.kind, one)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0008_linking"), ("registry", "0008_grading"), ("trust", "0010_handling")]

    operations = [
        *(migrations.AddField(name, "stands_on", models.JSONField(default=dict)) for name in ALLOWED),
        *(migrations.AddField(name, "risen_told_at", models.DateTimeField(null=True)) for name in ALLOWED),
        migrations.RunPython(stand_on_now, migrations.RunPython.noop),
    ]
