"""Units 单位: departments, streets, communities and their teams."""

from django.db import models


class Unit(models.Model):
    """A unit 单位 that can own work. `division` is the area it answers for."""

    class Kind(models.TextChoices):
        """Kinds of units 单位类型."""

        CENTRE = "centre", "county centre 县级指挥中心"
        DEPARTMENT = "department", "county department 县级部门"
        STREET = "street", "street office 街道办事处"
        COMMUNITY = "community", "community committee 社区居委会"
        TEAM = "team", "team 队站所"

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="unit_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
