"""What grades do by the versions that were decided, brought into memory when one is new or begins to hold."""

from datetime import datetime

from linli.kernel import api as kernel
from linli.trust.models import HandlingVersion
from linli.trust.rules.handling import Handling, hold, read_shipped

REVISION = "trust.handling"
_read: tuple[int, datetime | None] = (0, None)  # the revision in memory, and when the next version begins to hold


def keep_handling_fresh() -> None:
    """Let `handling(grade)` answer by the versions that hold now. Costs a look at the revisions in memory."""
    global _read  # noqa: PLW0603  the lines are one per process
    present, (known, next_at) = kernel.revision(REVISION), _read
    if present == known and (next_at is None or kernel.now() < next_at):
        return
    now = kernel.now()
    hold(handling_at(now))
    later = HandlingVersion.objects.filter(since__gt=now).order_by("since").values_list("since", flat=True).first()
    _read = (present, later)


def handling_at(now: datetime) -> dict[int, Handling]:
    """Return what each grade does at a time."""
    lines = read_shipped()
    for row in HandlingVersion.objects.filter(since__lte=now).order_by("since", "id"):
        lines[row.grade] = Handling(**row.content)
    return lines


def handling_versions(grade: int) -> list[HandlingVersion]:
    """Return the versions of one grade, the newest first."""
    return list(HandlingVersion.objects.filter(grade=grade).select_related("made_by"))
