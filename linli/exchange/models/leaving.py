"""Who was deleted and is still looked for in what exchange keeps sealed."""

from django.db import models

from linli.kernel import api as kernel


class ToForget(models.Model):
    """One deleted entity 待清除, from the deletion until all that was kept is looked through; seconds as a rule.

    `known` is what it is told by (`rules.leaving.Known`), sealed. The row goes with the last copy.
    """

    entity_id = models.UUIDField(primary_key=True)
    known = kernel.SealedTextField(context="exchange.to_forget")
    noted_at = models.DateTimeField()
