"""What trust tells others. `by_person_id` is who did it; None means the node itself."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from linli.kernel import facts as kernel


@dataclass(frozen=True, kw_only=True)
class ActivitySaved(kernel.Fact):
    """A version of a processing activity 个人信息处理活动 was written into the register."""

    code: str
    number: int
    begins_on: date
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class GlassBroken(kernel.Fact):
    """Somebody opened access in an emergency 紧急查阅; it ends by itself and waits to be reviewed."""

    opening_id: UUID
    person_id: UUID
    unit_id: int
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class GlassReviewed(kernel.Fact):
    """An emergency access was reviewed 复核: `justified` or `not_justified`."""

    opening_id: UUID
    person_id: UUID
    outcome: str
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class HandlingDecided(kernel.Fact):
    """What a grade does was decided anew 分级管控策略调整; what is kept may have to be sealed or opened."""

    grade: int
    sealing_changed: bool


@dataclass(frozen=True, kw_only=True)
class DeviceDecided(kernel.Fact):
    """A device that touches bodies or doors was decided 设备审定: it may be connected, or not."""

    number: str
    unit_id: int
    allowed: bool
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(kernel.Fact):
    """Somebody agreed 同意 to an activity; `subject` is the keyed token of the person."""

    subject: str
    activity: str
    is_separate: bool
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class DeviceReviewDue(kernel.Fact):
    """The review of a device comes 设备复核到期; its owner was told, and without a new decision it is closed."""

    number: str
    unit_id: int
    review_on: date


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(kernel.Fact):
    """Somebody withdrew 撤回同意 what they agreed to for an activity; its use of their data ends."""

    subject: str
    activity: str
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ExportAsked(kernel.Fact):
    """An export of many rows was asked for 导出申请; `waits_for` says who decides first."""

    request_id: UUID
    number: str
    waits_for: str


@dataclass(frozen=True, kw_only=True)
class ExportDecided(kernel.Fact):
    """A step of the chain of an export was decided 导出审批; `outcome` is its state: waiting, allowed or refused."""

    request_id: UUID
    number: str
    outcome: str
