"""Corrections 纠错: what the grassroots found to be wrong, on its way to the owner; what shows it."""

from django.db import models
from django.db.models import F, Q

from linli.exchange import states
from linli.exchange.models.peer import Peer
from linli.kernel import api as kernel


class Correction(kernel.Record):
    """A proposed value of one element of one entity, its evidence, the owner who is to answer, and what became of it.

    `value` is JSON as the element keeps it. `community` is where it was made: there it shows at once as unconfirmed.
    Where the value came by the feed of another node, that node answers: `peer` with `peer_number`, once it has it. One
    that another node proposed has `peer` and `peer_ref`, its id there, and `from_unit` instead of a unit.
    A year after its end the evidence is dropped.
    """

    number = models.CharField(max_length=40, unique=True)
    entity = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    element = models.CharField(max_length=40)
    value = kernel.SealedTextField(context="exchange.correction.value")
    evidence = kernel.SealedTextField(context="exchange.correction.evidence")
    reference = models.CharField(max_length=200, blank=True)
    seen_on = models.DateField()
    state = models.CharField(max_length=20, choices=list(states.LABELS.items()), default=states.PROPOSED)
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=60)
    owner_unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    due = models.DateTimeField()
    answered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    evidence_dropped_at = models.DateTimeField(null=True)
    peer = models.ForeignKey(Peer, null=True, on_delete=models.PROTECT, related_name="+")
    peer_ref = models.UUIDField(null=True)
    peer_number = models.CharField(max_length=40, blank=True, default="", db_default="")
    from_unit = models.CharField(max_length=100, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "element"], condition=Q(state="proposed"), name="correction_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["peer", "peer_ref"], condition=~Q(peer_ref=None), name="correction_of_peer_once"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(made_by=None) | ~Q(answered_by=F("made_by")),
                name="correction_four_eyes",
            ),
            models.CheckConstraint(condition=~Q(unit=None) | ~Q(peer_ref=None), name="correction_made_by_some_unit"),
        ]
        indexes = [
            models.Index(fields=["due", "id"], condition=Q(state="proposed"), name="correction_due"),
            models.Index(fields=["owner_unit", "state", "due"], name="correction_to_answer"),
            models.Index(fields=["unit", "-id"], name="correction_of_unit"),
        ]

    @property
    def is_away(self) -> bool:
        """Whether another node answers it."""
        return self.peer_id is not None and self.peer_ref is None

    @property
    def maker(self) -> str:
        """Who proposed it, in words."""
        return str(self.unit.name) if self.unit else f"{self.peer} · {self.from_unit}"

    @property
    def answerer(self) -> str:
        """Who owes an answer, in words."""
        return f"{self.peer} · {self.owner}" if self.is_away else str(self.owner_unit.name)


class Paper(kernel.Record):
    """One photo or PDF of a correction. The file holds what `kernel.seal` made of it; `size` is that of what was sent.

    A photo is kept without place and camera data, a PDF as it was sent.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PHOTO = "photo", "photo 照片"
        PDF = "pdf", "PDF"

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    file = models.FileField(upload_to="evidence/%Y/%m/")
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
