"""The journal of signing in 登录日志, which also decides when an account is locked for a while."""

from django.db import models

from linli.kernel import api as kernel


class SignIn(kernel.Record):
    """One attempt to sign in. The name typed is kept as a keyed hash: people type passwords into the wrong field.

    `browser` is a keyed hash of what the browser calls itself, without its versions.
    """

    class Result(models.TextChoices):
        """How it went 结果."""

        DONE = "done", "signed in 登录成功"
        WRONG = "wrong", "wrong name or password 用户名或密码错误"
        LOCKED = "locked", "refused while locked 锁定期间拒绝"

    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="sign_ins")
    name_token = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)
    result = models.CharField(max_length=10, choices=Result.choices)
    at = models.DateTimeField()
    browser = models.CharField(max_length=16, blank=True, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["name_token", "-at"], name="sign_in_by_name"),
            models.Index(fields=["at"], name="sign_in_by_time"),
            models.Index(fields=["person", "at"], condition=models.Q(result="done"), name="sign_in_done"),
        ]
