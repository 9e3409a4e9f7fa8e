"""Hotline files 热线工单: what was imported, with which mapping, and which rows were not taken."""

from django.db import models

from linli.kernel import api as kernel


class Mapping(models.Model):
    """Which column of a hotline file is what. Remembered by the file's header, so the next file maps itself."""

    header_digest = models.CharField(max_length=64, unique=True)
    columns = models.JSONField()
    chosen_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()


class TicketFile(kernel.Record):
    """One imported file 导入批次 and its counts."""

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)


class RejectedRow(models.Model):
    """A row that was not taken: its line, the reason, and what it said, sealed."""

    file = models.ForeignKey(TicketFile, on_delete=models.CASCADE, related_name="rejected_rows")
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    content = kernel.SealedTextField(context="events.rejected_row")


class Ticket(models.Model):
    """One ticket 工单 of the hotline platform, as it came, sealed, and what goes back of it.

    The event tells the most; here stands what was decided toward the platform: accepted, returned with a reason, or
    answered in other words than the reporter's. `handed_back_at` is set once its end is in a file for the platform.
    """

    file = models.ForeignKey(TicketFile, on_delete=models.CASCADE, related_name="tickets")
    line = models.PositiveIntegerField()
    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="ticket")
    cells = kernel.SealedTextField(context="events.ticket")
    accepted_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=20, blank=True)
    return_words = models.CharField(max_length=500, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    handed_back_at = models.DateTimeField(null=True)
