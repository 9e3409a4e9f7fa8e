"""The standards as plain data for a file: matters, area duties and rules, with codes where the database has ids."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linli.events.models import DutyList
from linli.events.queries.rulebook import rule_book
from linli.events.queries.standards import items_of
from linli.regions import api as regions

LEFT_OUT = {"id", "duty_list_id", "place"}


def standards_data(*, now: datetime) -> dict[str, Any]:
    """Return the version in force at `now`: name, source, matters, areas and rules; empty where there is none.

    What a matter does not say (empty text, no entries) is left out.
    """
    version = rule_book(now).version_id
    if version is None:
        return {}
    duty_list = DutyList.objects.get(pk=version)
    return {
        "name": duty_list.name,
        "source": duty_list.source,
        "matters": [_matter(row) for row in items_of(duty_list).values()],
        "areas": [_area(row) for row in duty_list.area_duties.order_by("matter_code", "division_id").values()],
        "rules": [_rule(row) for row in duty_list.rules.values()],
    }


def _matter(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in LEFT_OUT and value not in ("", [], {}, None)}


def _area(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"matter": row["matter_code"], "division": regions.division(row["division_id"]).code, "lead": row["lead"]}


def _rule(row: Mapping[str, Any]) -> dict[str, Any]:
    conditions = dict(row["conditions"])
    if conditions.get("areas"):
        conditions["areas"] = [regions.division(area).code for area in conditions["areas"]]
    rule = {"name": row["name"], "target": row["target"], "conditions": conditions}
    return {**rule, "note": row["note"]} if row["note"] else rule
