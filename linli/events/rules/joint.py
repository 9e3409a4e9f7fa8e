"""Joint handling: limits of tasks and calls, how a called unit stands, and what may not be asked."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.events.rules.deadlines import Calendar, handle_due
from linli.events.rules.refusals import RefusedError

LONGEST_LIMIT = 400
WAITING, MISSING, ARRIVED, ANSWERED = "waiting", "missing", "arrived", "answered"


class LimitRefusedError(RefusedError):
    """A limit of nothing, or of years."""

    sentence = gettext_lazy("A limit must be at least 1 and at most 400; say by when it is to be done.")


class OwnUnitError(RefusedError):
    """A task or a call is for another unit."""

    sentence = gettext_lazy("Your unit leads this event already; choose another unit.")


class ClosedUnitError(RefusedError):
    """The unit is not there any more."""

    sentence = gettext_lazy("This unit does not work any more; choose another one.")


class NobodyNamedError(RefusedError):
    """A call without a unit that is called."""

    sentence = gettext_lazy("Name at least one unit that is to come.")


class EventOverError(RefusedError):
    """Nothing can be asked for an event that has ended."""

    sentence = gettext_lazy("This event has ended; open it again first.")


class TaskMovedError(RefusedError):
    """Somebody answered, signed off or withdrew the task in the meantime."""

    sentence = gettext_lazy("This task has moved on in the meantime; look at it again.")


class StageNeedsPlaybookError(RefusedError):
    """A stage can't be taken out of its plan."""

    sentence = gettext_lazy("This task is a stage of a plan; stop the plan instead.")


class NotCalledError(RefusedError):
    """The unit was not called."""

    sentence = gettext_lazy("Your unit was not called, or has responded already.")


class HeldError(RefusedError):
    """The event can't end yet, over a task or a part of it that the sentence names."""

    def __init__(self, words: str) -> None:
        """Keep the sentence."""
        super().__init__(words)
        self.sentence = words


def task_open(what: str, who: str) -> HeldError:
    """Return the refusal to end an event over a task."""
    words = _("The task “%(what)s” of %(who)s is still open; sign it off or withdraw it first.")
    return HeldError(words % {"what": what, "who": who})


def child_open(what: str, who: str) -> HeldError:
    """Return the refusal to end an event over a part of it."""
    words = _("The part “%(what)s” with %(who)s is still open, and this event waits for it.")
    return HeldError(words % {"what": what, "who": who})


def check_limit(limit: int) -> None:
    """Raise LimitRefusedError for a limit of nothing or of years."""
    if not 1 <= limit <= LONGEST_LIMIT:
        raise LimitRefusedError


def due_after(limit: int, unit: str, start: datetime, calendar: Calendar) -> datetime:
    """Return when a limit ends. `unit` is hour (around the clock), work_hour, work_day or calendar_day."""
    check_limit(limit)
    if unit == "hour":
        return start + timedelta(hours=limit)
    return handle_due(limit, unit, start, calendar)


def standing(*, due: datetime, arrived: datetime | None, answered: datetime | None, now: datetime) -> tuple[str, bool]:
    """Return how a called unit stands (waiting, missing, arrived, answered) and whether it was or is late."""
    first = min((at for at in (arrived, answered) if at), default=None)
    if first is None:
        return (MISSING, True) if now > due else (WAITING, False)
    return (ARRIVED if arrived else ANSWERED), first > due
