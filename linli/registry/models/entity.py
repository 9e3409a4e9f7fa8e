"""The entity 实体: the golden record of one person, household, house, organisation, place or thing."""

import json
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel
from linli.registry.rules.changes import areas_of_row
from linli.registry.rules.kinds import KINDS

AREA_COLUMNS = (
    "county_id", "street_id", "community_id", "grid_id", "registered_street_id", "registered_community_id",
)  # fmt: skip
_LISTED = ["kind", "sort", "id"]


def _listed(place: str) -> models.Index:
    """List those of a place; the other areas lie beside them, so that the second wall reads no row to count."""
    beside = [column for column in AREA_COLUMNS if column != f"{place}_id"]
    return models.Index(fields=[place, *_LISTED], include=beside, name=f"entity_{place}")


def _area(to: str = "regions.Division") -> "models.ForeignKey[models.Model | None, models.Model | None]":
    return models.ForeignKey(to, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


class Entity(kernel.Record):
    """The golden record 主记录: a projection of what the sources say, made again whenever one of them speaks.

    `attributes` holds the believed value of each element; what is kept sealed stands there behind its mask, and whole
    in `sealed` (one JSON text). `origins` says which source record each value comes from: {record: [codes]}. The area
    is where somebody lives, or is registered where no home is known; `is_apart` says that these differ (人户分离), and
    `registered_*` is set where the other one is known here. `terms` are search terms with the area among them.
    `subjects` are the keyed tokens under which the ledger knows a person; `sort` orders lists. `is_due` marks a row
    whose sources or home changed in a large load and that is projected at its end. One that turned out to be another
    has no area and no terms, so nobody finds it; `merged_into` leads whoever has its id to the other.
    """

    kind = models.CharField(max_length=20, choices=[(code, code) for code in KINDS])
    label = models.CharField(max_length=200)
    sort = models.CharField(max_length=160, db_collation="C")
    attributes = models.JSONField(default=dict)
    sealed = kernel.SealedTextField(context="registry.entity.sealed", null=True)  # type: ignore[misc]  # not all have some
    origins = models.JSONField(default=dict)
    county = _area()
    street = _area()
    community = _area()
    grid = _area("regions.Grid")
    registered_street = _area()
    registered_community = _area()
    subjects = ArrayField(models.CharField(max_length=64), default=list)
    terms = ArrayField(models.IntegerField(), default=list)
    is_apart = models.BooleanField(default=False)
    is_due = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "id"], condition=Q(is_due=True), name="entity_due"),
            *(_listed(place) for place in ("county", "street", "community", "grid")),
            models.Index(
                fields=["registered_street", *_LISTED],
                condition=~Q(registered_street=None),
                name="entity_registered_street",
            ),
            models.Index(
                fields=["registered_community", *_LISTED],
                condition=~Q(registered_community=None),
                name="entity_registered_comm",
            ),
            GinIndex(fields=["terms"], name="entity_terms"),
            models.Index(fields=["merged_into"], condition=~Q(merged_into=None), name="entity_merged"),
        ]

    def whole(self) -> dict[str, Any]:
        """Return the believed values, with those that are kept sealed opened."""
        return {**self.attributes, **(json.loads(self.sealed.reveal()) if self.sealed else {})}

    def areas(self) -> dict[str, frozenset[int]]:
        """Return where it is found, by level; where it is registered counts as well."""
        return areas_of_row({name: getattr(self, name) for name in AREA_COLUMNS})


class Identifier(models.Model):
    """A value by which an entity is found whole, as its keyed token: id number, telephone, credit code."""

    id = models.BigAutoField(primary_key=True)
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="identifiers", db_index=False)
    kind = models.CharField(max_length=20)
    element = models.CharField(max_length=40)
    token = models.CharField(max_length=64, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "element", "token"], name="identifier_once"),
        ]
        indexes = [models.Index(fields=["token", "kind"], name="identifier_token")]
