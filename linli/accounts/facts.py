"""What accounts tells others. `by_person_id` is who did it; None means the node itself."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from linli.kernel import facts as kernel


@dataclass(frozen=True, kw_only=True)
class UnitCreated(kernel.Fact):
    """A unit 单位 was opened."""

    unit_id: int
    name: str
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class UnitClosed(kernel.Fact):
    """A unit 单位 was closed."""

    unit_id: int
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PostSaved(kernel.Fact):
    """A post 岗位 was made or its capabilities changed; they are listed as they are now."""

    post_code: str
    capabilities: tuple[str, ...]
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PersonCreated(kernel.Fact):
    """An account 账号 was opened for a member of staff or a resident."""

    person_id: UUID
    person_kind: str
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PersonDisabled(kernel.Fact):
    """An account 账号 was disabled; its sessions and keys are dead."""

    person_id: UUID
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PersonEnabled(kernel.Fact):
    """A disabled account 账号 was enabled again."""

    person_id: UUID
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class HoldingOpened(kernel.Fact):
    """A person took a post 任职."""

    holding_id: UUID
    person_id: UUID
    post_code: str
    unit_id: int
    division_id: int
    valid_from: date
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class HoldingEnded(kernel.Fact):
    """A person left a post 离任."""

    holding_id: UUID
    person_id: UUID
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TokenIssued(kernel.Fact):
    """A key 接口令牌 was issued for a holding."""

    token_id: UUID
    holding_id: UUID
    name: str
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(kernel.Fact):
    """A key 接口令牌 was revoked."""

    token_id: UUID
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class MessagesWaiting(kernel.Fact):
    """Messages 消息 wait to be sent on a channel."""

    channel: str


@dataclass(frozen=True, kw_only=True)
class ShiftPlanned(kernel.Fact):
    """A person was put on duty for a unit 排班."""

    shift_id: UUID
    unit_id: int
    person_id: UUID
    starts_at: datetime
    ends_at: datetime
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ShiftChanged(kernel.Fact):
    """A shift 班次 begins or ends at another time."""

    shift_id: UUID
    starts_at: datetime
    ends_at: datetime
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ShiftCancelled(kernel.Fact):
    """A shift 班次 was taken off the roster, or ended while it ran."""

    shift_id: UUID
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class HoldingLent(kernel.Fact):
    """Somebody covers 代班 for a colleague until a moment, with some of what the colleague's post allows."""

    cover_id: UUID
    holding_id: UUID
    person_id: UUID
    in_place_of: UUID
    unit_id: int
    valid_from: date
    ends_at: datetime
    capabilities: tuple[str, ...]
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class CoverEnded(kernel.Fact):
    """A cover 代班 was ended before its moment: taken back, given back, or ended by a lead."""

    cover_id: UUID
    person_id: UUID
    in_place_of: UUID
    by_person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class CoverLimitsSet(kernel.Fact):
    """How long somebody may be covered for was set anew."""

    number: int
    longest_days: int
    ahead_days: int
    by_person_id: UUID | None
