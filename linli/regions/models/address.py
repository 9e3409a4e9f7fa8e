"""Standard addresses 标准地址 as a tree, and the door plates 门牌 that stand for them."""

from django.db import models
from django.db.models import F, Q

from linli.regions.rules.standard_address import KINDS


class Address(models.Model):
    """One node of the tree below a street or community: road, estate, building, unit, floor, room.

    `key` makes different ways to write one name the same (`rules.standard_address.key_of`): there is one node for each
    parent, kind and key. `text` is the whole address below the division.
    """

    id = models.BigAutoField(primary_key=True)
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+", db_index=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    name = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    text = models.CharField(max_length=400)
    made_by = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "parent", "kind", "key"], nulls_distinct=False, name="address_once"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="address_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        """Return the address below the division."""
        return self.text

    @property
    def code(self) -> str:
        """The address code 地址编码; it stays when divisions are reorganised."""
        return f"DZ{self.pk:010d}"


class DoorPlate(models.Model):
    """An opaque code on a door that leads to its public page. It says nothing by itself and cannot be worked out.

    A code that was lost or is misused is revoked and stays known as revoked; the address then gets another.
    """

    code = models.CharField(max_length=16, unique=True)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="plates", db_index=False)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=100, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address"], condition=Q(revoked_at=None), name="door_plate_once"),
        ]
        indexes = [models.Index(fields=["address"], name="door_plate_address")]
