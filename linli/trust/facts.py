"""What trust tells others. `by_person_id` is who did it; None means the node itself."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.kernel import facts as kernel


@dataclass(frozen=True, kw_only=True)
class ActivitySaved(kernel.Fact):
    """A version of a processing activity 个人信息处理活动 was written into the register."""

    code: str
    number: int
    begins_on: date
    by_person_id: UUID | None
