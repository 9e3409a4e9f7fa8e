"""Who stands in a form, what was typed because the base did not hold it, what is asked for, and what was delivered.

A form keeps no copy of people: lines name who is meant, values are read for its purpose whenever they are looked at.
"""

from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel
from linli.sheets import states
from linli.sheets.models.form import Column, Form, Part

_TOGETHER = ("visit", "entity", "id")


class Line(kernel.Record):
    """One row of a part 行: whom or what it is about. Left out by hand, it stays with the reason.

    A row that is about no record has a `key` instead: `division:7`, `grid:3`, `total`, or what a source of rows calls
    it; `label` is the area's name, as the issuer wrote it where the form has it already.
    """

    # Both unchecked by the base: a check reads, and of a record locks and so writes, each of thousands of rows.
    part = models.ForeignKey(
        Part, on_delete=models.CASCADE, related_name="lines", db_index=False, db_constraint=False
    )  # fmt: skip
    place = models.PositiveIntegerField()
    entity = models.ForeignKey(
        "registry.Entity", null=True, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    key = models.CharField(max_length=80, blank=True)
    label = models.CharField(max_length=200, blank=True)
    left_out = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "part"], name="form_line_once"),
            models.UniqueConstraint(fields=["part", "key"], condition=~Q(key=""), name="form_key_once"),
            models.CheckConstraint(condition=Q(entity=None, key__gt="") | Q(key="", entity__isnull=False),
                                   name="line_is_about_one"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["part", "place"], name="line_in_order")]

    @property
    def row_id(self) -> UUID:
        """The same in every issue of a form: the record, or an id made of the key."""
        return self.entity_id or uuid5(NAMESPACE_OID, self.key)


class Answer(kernel.Record, kernel.Forgettable):
    """What somebody typed into one cell 手填值, sealed; the newest counts.

    `said_on` is set where it was typed into an earlier issue and carried over 沿用; `chosen_from` names the source
    whose value an officer chose for this form where sources differ 择源.
    """

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="answers")
    column = models.ForeignKey(Column, on_delete=models.CASCADE, related_name="answers")
    value = kernel.SealedTextField(context="sheets.answer.value")
    said_on = models.DateField(null=True)
    chosen_from = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["line", "column", "-id"], name="typed_newest")]


class Gap(kernel.Record):
    """One value that the base lacks 缺项, asked for once, for whichever forms wait for it.

    `element` is one of the entity's own. `visit` keeps together what one visit answers: the id of the household or
    house, else of the entity. The answer goes to the base as a proposal; its `value` is kept here, sealed, only until
    its owner had the time to decide, so that the next form need not ask again.
    """

    entity = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+")
    element = models.CharField(max_length=40)
    visit = models.UUIDField()
    grid = models.ForeignKey("regions.Grid", null=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey("regions.Division", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=list(states.GAP_LABELS.items()), default=states.ASKED)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    value = kernel.SealedTextField(context="sheets.gap.value", null=True)  # type: ignore[misc]  # none before the answer

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "element"], condition=Q(state="asked"), name="gap_asked_once"),
        ]
        indexes = [
            models.Index(fields=["grid", *_TOGETHER], condition=Q(state="asked"), name="gap_of_grid"),
            models.Index(fields=["community", *_TOGETHER], condition=Q(state="asked"), name="gap_of_community"),
        ]


class OfflineAnswer(kernel.Record):
    """That an answer written without a network has come 离线回传: sent again under the same key, it changes nothing.

    `sentence` says what was wrong with it; "" for one that was taken. The value is not kept here.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    gap = models.ForeignKey(Gap, null=True, on_delete=models.CASCADE, related_name="+")
    sentence = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="offline_answer_once")]


class Waiting(kernel.Forgettable):
    """A form that waits for a gap to be answered."""

    id = models.BigAutoField(primary_key=True)
    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="waiting")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="waiting")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gap", "form"], name="waiting_once")]


class Delivery(kernel.Record, kernel.Appended):
    """A form as it was sent back 交付回执: the file, sealed, and how its cells came about.

    `number` is that of the receipt, `digest` the SHA-256 of the file `name`, so that the same file can be shown again.
    `data` holds its cells with their sources, and who is in it, sealed as well; both go when the `grade` of the set
    says so. `cells` counts all that the form asked for, `filled` those from the base, `typed` those by hand, `empty`
    the rest, `changed` rows other than in the form of the same title before it.
    """

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="deliveries")
    number = models.CharField(max_length=40, blank=True, default="", db_default="")
    file = models.FileField(upload_to="deliveries/%Y/%m/")
    name = models.CharField(max_length=240, blank=True, default="", db_default="")
    layout = models.CharField(max_length=5, blank=True, default="", db_default="")
    digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    data = models.FileField(upload_to="deliveries/%Y/%m/", blank=True, default="", db_default="")
    grade = models.PositiveSmallIntegerField(default=0, db_default=0)
    mark = models.CharField(max_length=20)
    rows = models.PositiveIntegerField()
    cells = models.PositiveIntegerField()
    filled = models.PositiveIntegerField()
    typed = models.PositiveIntegerField()
    empty = models.PositiveIntegerField()
    changed = models.PositiveIntegerField(null=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="receipt_number_once"),
        ]


class SentRows(kernel.Forgettable):
    """A keyed digest of each row as it was delivered, so that the next issue of the form knows what changed.

    `digests` holds 32 bytes for each row: the id of whom it is about, and the digest (`rules.sent_rows`).
    """

    id = models.BigAutoField(primary_key=True)
    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="sent")
    digests = models.BinaryField()


class FormStep(kernel.Record, kernel.Appended):
    """One step in the life of a form 办理记录, appended: `reasons` why it was sent back, `delivery` which receipt."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    words = models.CharField(max_length=500, blank=True)
    reasons = ArrayField(models.CharField(max_length=20), default=list, db_default=[])
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.CASCADE, related_name="results")
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    @property
    def done(self) -> str:
        """What was done, in words."""
        return str(states.DONE.get(self.step, self.step))
