"""Applications for data 用数申请, grants 授权, each use of a grant, and lists that are worked off."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.exchange import states
from linli.exchange.models.peer import Peer
from linli.kernel import api as kernel


def _to(model: str, *, null: bool = False) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    return models.ForeignKey(model, null=null, on_delete=models.PROTECT, related_name="+")


class Terms(models.Model):
    """What is asked for, or granted: elements of a kind, rows, period, quota, and how it may be asked.

    `rows` narrows beyond the area: {element: [values]}. `lifted` are elements that are given whole although their grade
    would mask them. The quota counts people asked about; it holds for the whole period. `push_to` is the address to
    which changes are delivered, where that is one of the ways.
    """

    kind = models.CharField(max_length=20)
    elements = ArrayField(models.CharField(max_length=40))
    lifted = ArrayField(models.CharField(max_length=40), default=list)
    division = _to("regions.Division")
    rows = models.JSONField(default=dict)
    starts_on = models.DateField()
    ends_on = models.DateField()
    quota = models.PositiveIntegerField()
    ways = ArrayField(models.CharField(max_length=10))
    purpose = models.CharField(max_length=20)
    push_to = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        abstract = True


class Application(kernel.Record, Terms):
    """What a unit applies for at the one department that owns the elements, why, and what became of it.

    `owner` is the name that data elements use. `due` is the end of the working day by which an answer is owed;
    `late_told_at` marks that its being late was told. One for a data set of another node, `dataset`, is answered there:
    `peer` with `peer_number` once it has it, and `peer_grant` is {number, state, …} as it was granted. One that another
    node made has `peer` and `peer_ref`, its id there, and `from_unit` instead of a unit.
    """

    number = models.CharField(max_length=40, unique=True)
    unit = _to("accounts.Unit", null=True)
    owner = models.CharField(max_length=60)
    owner_unit = _to("accounts.Unit")
    basis = models.CharField(max_length=300)
    words = models.TextField()
    state = models.CharField(max_length=20, choices=list(states.LABELS.items()))
    made_by = _to("accounts.Person", null=True)
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)
    answered_by = _to("accounts.Person", null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    peer = models.ForeignKey(Peer, null=True, on_delete=models.PROTECT, related_name="+")
    peer_ref = models.UUIDField(null=True)
    peer_number = models.CharField(max_length=40, blank=True, default="", db_default="")
    peer_grant = models.JSONField(null=True)
    dataset = models.CharField(max_length=40, blank=True, default="", db_default="")
    from_unit = models.CharField(max_length=100, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["peer", "peer_ref"], condition=~Q(peer_ref=None), name="application_of_peer_once"
            ),
            models.CheckConstraint(condition=~Q(unit=None) | ~Q(peer_ref=None), name="application_made_by_some_unit"),
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(made_by=None) | ~Q(answered_by=F("made_by")),
                name="application_four_eyes",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="application_span"),
        ]
        indexes = [
            models.Index(fields=["due", "id"], condition=Q(state="applied", late_told_at=None), name="application_due"),
            models.Index(fields=["owner_unit", "state", "due"], name="application_to_answer"),
            models.Index(fields=["unit", "-id"], name="application_of_unit"),
        ]

    @property
    def is_away(self) -> bool:
        """Whether another node answers it."""
        return self.peer_id is not None and self.peer_ref is None

    @property
    def maker(self) -> str:
        """Who applies, in words."""
        return str(getattr(self.unit, "name", "")) or f"{self.peer} · {self.from_unit}"

    @property
    def answerer(self) -> str:
        """Who owes an answer, in words."""
        return f"{self.peer} · {self.owner}" if self.is_away else str(getattr(self.owner_unit, "name", ""))


class Grant(kernel.Record, Terms):
    """What one unit may read 授权: checked in the statement that counts the use, so what has ended is closed at once.

    It is open from `opens_at` up to, not including, `closes_at`. `used` counts people asked about. Without a unit it is
    held by a unit of another node, which asks over the link; `holder` is its name then. `stands_on` is
    {element: [grade, step of sight]} as it was when that was decided; `risen_told_at` marks that a rise was told.
    """

    number = models.CharField(max_length=40, unique=True)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="grant")
    unit = _to("accounts.Unit", null=True)
    holder = models.CharField(max_length=200, blank=True, default="", db_default="")
    owner_unit = _to("accounts.Unit")
    state = models.CharField(max_length=20, choices=list(states.LABELS.items()), default=states.ACTIVE)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    stands_on = models.JSONField(default=dict)
    risen_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(used__lte=F("quota")), name="grant_within_quota"),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="grant_of_unit"),
            models.Index(fields=["owner_unit", "-id"], name="grant_of_owner"),
            models.Index(fields=["closes_at"], condition=Q(state__in=["active", "suspended"]), name="grant_closing"),
        ]

    @property
    def maker(self) -> str:
        """Who reads, in words."""
        return str(getattr(self.unit, "name", "")) or str(self.holder)


class Use(kernel.Record):
    """One use of a grant 调用记录: how many people were asked about, how many were found.

    With an Idempotency-Key the answer is kept sealed for a day, so that a request sent again is not counted again.
    """

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="uses", db_index=False)
    at = models.DateTimeField()
    way = models.CharField(max_length=10)
    people = models.PositiveIntegerField()
    found = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=100, null=True)  # noqa: DJ001  no key is not an empty one
    digest = models.CharField(max_length=64, blank=True)
    answer = kernel.SealedTextField(context="exchange.use.answer", null=True)  # type: ignore[misc]  # not all keep one

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "key"], condition=~Q(key=None), name="use_once_per_key"),
        ]
        indexes = [models.Index(fields=["grant", "at"], name="use_of_grant")]


class Batch(kernel.Record):
    """A list that is worked off by a job 批量核对: asked, done up to `done`, its file sealed."""

    class State(models.TextChoices):
        """Where a batch stands."""

        WAITING = "waiting", _("being worked off")
        DONE = "done", _("done")
        CUT = "cut", _("stopped: the grant closed or its quota is used up")

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="batches", db_index=False)
    key = models.CharField(max_length=100, null=True)  # noqa: DJ001  no key is not an empty one
    digest = models.CharField(max_length=64)
    asked = kernel.SealedTextField(context="exchange.batch.asked")
    holding = _to("accounts.Holding", null=True)
    elements = ArrayField(models.CharField(max_length=40))
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "key"], condition=~Q(key=None), name="batch_once_per_key"),
        ]
        indexes = [models.Index(fields=["made_at"], condition=Q(state="waiting"), name="batch_waiting")]


class BatchPart(models.Model):
    """What came of some lines of a batch, in order; written in the transaction that counted and recorded them."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="parts")
    first = models.PositiveIntegerField()
    lines = kernel.SealedTextField(context="exchange.batch.lines")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "first"], name="batch_part_once")]
