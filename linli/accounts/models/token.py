"""Keys 接口令牌 with which other systems speak."""

from django.db import models

from linli.kernel import api as kernel


class ApiToken(kernel.Record):
    """A key with which another system speaks for one holding. Only the SHA-256 of the key is kept."""

    holding = models.ForeignKey("accounts.Holding", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return the name given when it was issued."""
        return self.name
