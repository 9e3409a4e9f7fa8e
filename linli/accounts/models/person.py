"""People who sign in 账号: staff by name, residents by their phone."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from linli.kernel.models import Record


class Person(Record, AbstractBaseUser):
    """Someone who signs in. Staff have a `username`; residents are known by the keyed hash of their phone."""

    class Kind(models.TextChoices):
        """Kinds of accounts 账号类型."""

        STAFF = "staff", "staff 工作人员"
        RESIDENT = "resident", "resident 居民"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STAFF)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    phone_token = models.CharField(max_length=64, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects = BaseUserManager["Person"]()

    def __str__(self) -> str:
        """Return the name that colleagues know."""
        return self.name or self.username


class PhoneCode(Record):
    """A one-time code 验证码 sent to a phone. Only hashes are kept."""

    phone_token = models.CharField(max_length=64, db_index=True)
    code_hash = models.CharField(max_length=128)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class ApiToken(Record):
    """A key 接口令牌 with which another system speaks for one holding. Only the hash is kept."""

    holding = models.ForeignKey("accounts.Holding", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
