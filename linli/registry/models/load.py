"""A first load 首次装载: the base is filled without its indexes, which are put back at the end."""

from django.db import models

from linli.kernel import api as kernel


class Load(kernel.Installed):
    """A first load under way, one at most; `taken` says what makes the indexes and foreign keys again."""

    run = models.CharField(max_length=60, primary_key=True)
    taken = models.JSONField()
    began_at = models.DateTimeField()
