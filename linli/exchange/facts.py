"""What exchange tells the others."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.kernel import facts as journal

__all__ = [
    "ApplicationAnswered",
    "ApplicationLate",
    "BatchWanted",
    "CorrectionArrived",
    "CorrectionConfirmed",
    "CorrectionOvertaken",
    "CorrectionProposed",
    "CorrectionRefused",
    "CorrectionStood",
    "DataAppliedFor",
    "DatasetLate",
    "EditionPublished",
    "FeedTaken",
    "GrantEnded",
    "PairJudged",
    "PeerLinked",
    "PushGivenUp",
    "PushWanted",
    "RunEnded",
]


@dataclass(frozen=True)
class RunEnded(journal.Fact):
    """A run of a data set ended: done, stopped before anything was taken, or the source could not be read."""

    dataset: str
    run_id: UUID
    state: str
    new: int
    changed: int
    rejected: int


@dataclass(frozen=True)
class DatasetLate(journal.Fact):
    """A data set brought nothing within its update cycle. Told once until it comes again."""

    dataset: str
    name: str
    since: datetime


@dataclass(frozen=True)
class FeedTaken(journal.Fact):
    """Entries of a change feed of another node were taken in, up to this number."""

    intake_id: UUID
    sequence: int


@dataclass(frozen=True)
class PeerLinked(journal.Fact):
    """Another node was linked, or its link goes on 节点已互联; `place` is above, below or beside."""

    peer_id: UUID
    place: str


@dataclass(frozen=True)
class DataAppliedFor(journal.Fact):
    """A unit applied for data at the department that owns it 提出用数申请. One of another node is None."""

    application_id: UUID
    number: str
    unit_id: int | None
    owner_unit_id: int | None
    due: datetime


@dataclass(frozen=True)
class ApplicationAnswered(journal.Fact):
    """An application was approved, trimmed or declined 答复用数申请; `grant` is the number of the grant, or empty."""

    application_id: UUID
    number: str
    unit_id: int | None
    state: str
    grant: str


@dataclass(frozen=True)
class ApplicationLate(journal.Fact):
    """An application was not answered in time 用数申请逾期未答. Told once."""

    application_id: UUID
    number: str
    owner_unit_id: int
    due: datetime


@dataclass(frozen=True)
class GrantEnded(journal.Fact):
    """A grant is suspended, revoked or has expired 授权终止; who reads by it is refused from that moment."""

    grant_id: UUID
    number: str
    unit_id: int | None
    state: str


@dataclass(frozen=True)
class GradesRose(journal.Fact):
    """Elements of something that was allowed have a higher grade now 数据级别调高.

    `thing` is grant, subscription or openset, `number` how it is called; with `stops` it stands still until it is
    decided anew. No owner unit: it is of the node.
    """

    thing: str
    thing_id: UUID
    number: str
    owner_unit_id: int | None
    elements: tuple[str, ...]
    stops: bool


@dataclass(frozen=True)
class GrantDecidedAnew(journal.Fact):
    """The owner decided a grant anew after a grade rose 重新授权; it goes on with these elements."""

    grant_id: UUID
    number: str
    unit_id: int | None
    elements: tuple[str, ...]


@dataclass(frozen=True)
class BatchWanted(journal.Fact):
    """A list was handed in to be worked off 提交批量核对."""

    batch_id: UUID


@dataclass(frozen=True)
class PushWanted(journal.Fact):
    """Changes of a grant are to be delivered now 待推送: its secret was made, or something is sent again."""

    grant_id: UUID


@dataclass(frozen=True)
class PushGivenUp(journal.Fact):
    """A delivery of changes was tried for two days and given up 推送失败; it can be sent again by hand."""

    grant_id: UUID
    number: str
    unit_id: int | None
    owner_unit_id: int


@dataclass(frozen=True)
class CorrectionProposed(journal.Fact):
    """Somebody proposes another value for an element 提出纠错; the owner answers until `due`.

    No unit: it was made at another node. No owner unit: another node answers.
    """

    correction_id: UUID
    number: str
    entity_id: UUID
    element: str
    unit_id: int | None
    owner_unit_id: int | None
    due: datetime


@dataclass(frozen=True)
class CorrectionConfirmed(journal.Fact):
    """The owner confirmed a correction 确认纠错: the registry believes the value."""

    correction_id: UUID
    number: str
    entity_id: UUID
    element: str
    unit_id: int | None


@dataclass(frozen=True)
class CorrectionArrived(journal.Fact):
    """The proposed value came with the owner's own data 主管数据已一致: it is confirmed without an answer."""

    correction_id: UUID
    number: str
    entity_id: UUID
    element: str
    unit_id: int | None
    owner_unit_id: int


@dataclass(frozen=True)
class CorrectionOvertaken(journal.Fact):
    """The owner's own data changed to yet another value 主管数据已更新: it ended, and somebody should look."""

    correction_id: UUID
    number: str
    entity_id: UUID
    element: str
    unit_id: int | None
    owner_unit_id: int


@dataclass(frozen=True)
class CorrectionRefused(journal.Fact):
    """The owner did not accept a correction, with a reason 不予采纳."""

    correction_id: UUID
    number: str
    entity_id: UUID
    element: str
    unit_id: int | None


@dataclass(frozen=True)
class CorrectionStood(journal.Fact):
    """The owner was silent past the limit 逾期未答: the correction stands. `superior_id` is told of the silence."""

    correction_id: UUID
    number: str
    entity_id: UUID
    element: str
    unit_id: int | None
    owner_unit_id: int | None
    superior_id: int | None


@dataclass(frozen=True)
class EditionPublished(journal.Fact):
    """A version of an open data set was published 发布开放数据."""

    set_id: UUID
    code: str
    version: int


@dataclass(frozen=True)
class PairJudged(journal.Fact):
    """Somebody judged whether two records are one: `one`, `two`, `later`, or `undo`."""

    review_id: UUID
    entity_kind: str
    step: str
    by: str
