"""One-time codes 验证码 for residents."""

from django.db import models

from linli.kernel import api as kernel


class PhoneCode(kernel.Record):
    """A one-time code sent to a phone. Phone, code and network address are kept as keyed hashes only."""

    phone_token = models.CharField(max_length=64)
    source_token = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_token", "-sent_at"], name="phone_code_by_phone"),
            models.Index(fields=["source_token", "-sent_at"], name="phone_code_by_source"),
        ]
