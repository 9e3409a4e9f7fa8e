"""People who sign in 账号: staff by name, residents by their phone."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel


class Person(kernel.Record, AbstractBaseUser):
    """Someone who signs in. Staff have a `username`; residents are known by the keyed hash of their phone."""

    class Kind(models.TextChoices):
        """Kinds of accounts 账号类型."""

        STAFF = "staff", "staff 工作人员"
        RESIDENT = "resident", "resident 居民"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STAFF)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    phone_token = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects = BaseUserManager["Person"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_token"], condition=Q(kind="resident") & ~Q(phone_token=""), name="resident_phone_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the name that colleagues know."""
        return self.name or self.username
