"""What events tells the floors above: the turns in an event's life, in the past tense."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.kernel import facts as journal


@dataclass(frozen=True)
class EventReported(journal.Fact):
    """Somebody reported something; it has a number, an owner and a clock."""

    event_id: UUID
    number: str
    channel: str
    matter_code: str | None
    unit_id: int
    reported_at: datetime


@dataclass(frozen=True)
class EventDispatched(journal.Fact):
    """A dispatcher gave the event to a unit, or changed its matter."""

    event_id: UUID
    unit_id: int
    matter_code: str | None


@dataclass(frozen=True)
class EventMoved(journal.Fact):
    """The event took a step that changed its state."""

    event_id: UUID
    step: str
    state: str


@dataclass(frozen=True)
class EventEscalated(journal.Fact):
    """An overdue event rose to a higher level; the unit there has it and must close it."""

    event_id: UUID
    number: str
    level: int
    from_unit_id: int
    unit_id: int


@dataclass(frozen=True)
class StageMissed(journal.Fact):
    """A stage of the handling limit passed its due and is still open; the unit that has the event keeps it."""

    event_id: UUID
    stage_id: UUID
    number: str
    unit_id: int
    due: datetime


@dataclass(frozen=True)
class EventObjected(journal.Fact):
    """The unit that has the event says that it is another's; the office decides."""

    event_id: UUID
    number: str
    unit_id: int
    office_id: int


@dataclass(frozen=True)
class ObjectionDecided(journal.Fact):
    """The office decided which unit has the event."""

    event_id: UUID
    number: str
    unit_id: int
    moved: bool


@dataclass(frozen=True)
class ClockChanged(journal.Fact):
    """The clock of an event was `paused` (`why`: the kind of hold; `until` its limit), `resumed`, or `extended`."""

    event_id: UUID
    change: str
    why: str
    until: datetime | None


@dataclass(frozen=True)
class EventClosed(journal.Fact):
    """The event ended, checked by somebody other than its handler."""

    event_id: UUID
    number: str
    reason: str


@dataclass(frozen=True)
class EventReopened(journal.Fact):
    """The reporter said that it is not solved; the same unit has it again."""

    event_id: UUID
    number: str


@dataclass(frozen=True)
class EventRated(journal.Fact):
    """The reporter answered: solved or not, and how satisfied (1 to 5)."""

    event_id: UUID
    solved: bool
    satisfied: int


@dataclass(frozen=True)
class MatterCorrected(journal.Fact):
    """A person chose another matter than the model had proposed."""

    event_id: UUID
    proposed: str
    chosen: str


@dataclass(frozen=True)
class StandardsDecided(journal.Fact):
    """A version of the standards is to hold from a moment on: now, later, or again."""

    duty_list_id: int
    number: int
    begins_at: datetime


@dataclass(frozen=True)
class RuleBroken(journal.Fact):
    """A rule or matter in force leads nowhere any more; the fallback owns its events until it is mended."""

    duty_list_id: int
    subject: str
    problem: str


@dataclass(frozen=True)
class DeliveriesWanted(journal.Fact):
    """Somebody wants what waits for a webhook to be sent now; `delivery_id` before all others."""

    webhook_id: UUID
    delivery_id: UUID | None = None


@dataclass(frozen=True)
class EventSupervised(journal.Fact):
    """A unit was asked by a supervision note 督办 to answer for these events until a moment."""

    note_id: UUID
    event_ids: tuple[UUID, ...]
    level: str
    unit_id: int
    due_at: datetime


@dataclass(frozen=True)
class SupervisionAnswered(journal.Fact):
    """The unit answered a supervision note."""

    note_id: UUID
    event_ids: tuple[UUID, ...]
    unit_id: int


@dataclass(frozen=True)
class ReporterCalledBack(journal.Fact):
    """A reporter drawn at random was called back 回访: reached or not, and what they said."""

    event_id: UUID
    outcome: str
    solved: bool | None
    satisfied: int | None


@dataclass(frozen=True)
class VolunteerChecked(journal.Fact):
    """A resident volunteer looked at a result and said whether it is solved."""

    event_id: UUID
    solved: bool


@dataclass(frozen=True)
class TaskGiven(journal.Fact):
    """A unit is asked to do something for an event, by `due`."""

    event_id: UUID
    task_id: UUID
    unit_id: int
    due: datetime


@dataclass(frozen=True)
class TaskAnswered(journal.Fact):
    """A unit said what it did; the lead unit looks at it now."""

    event_id: UUID
    task_id: UUID
    unit_id: int


@dataclass(frozen=True)
class TaskEnded(journal.Fact):
    """A task was signed off (`done`), or withdrawn."""

    event_id: UUID
    task_id: UUID
    unit_id: int
    done: bool


@dataclass(frozen=True)
class WhistleBlown(journal.Fact):
    """A community called units to the scene; they must respond by `due`."""

    event_id: UUID
    whistle_id: UUID
    unit_ids: tuple[int, ...]
    due: datetime


@dataclass(frozen=True)
class WhistleResponded(journal.Fact):
    """A called unit came (`arrived`) or answered from afar, in time or late."""

    event_id: UUID
    whistle_id: UUID
    unit_id: int
    arrived: bool
    late: bool


@dataclass(frozen=True)
class PlaybookStarted(journal.Fact):
    """A staged plan began on an event."""

    event_id: UUID
    run_id: UUID
    code: str


@dataclass(frozen=True)
class PlaybookEnded(journal.Fact):
    """A staged plan was worked off (`whole`), or stopped."""

    event_id: UUID
    run_id: UUID
    code: str
    whole: bool


@dataclass(frozen=True)
class EventsLinked(journal.Fact):
    """Two events were linked: same, related, child, merged or cause. `event_id` is the upper one."""

    event_id: UUID
    other_id: UUID
    link: str


@dataclass(frozen=True)
class EventsUnlinked(journal.Fact):
    """A link between two events ended."""

    event_id: UUID
    other_id: UUID
    link: str


@dataclass(frozen=True)
class EventFollowed(journal.Fact):
    """Somebody with the same problem follows an event instead of reporting it again."""

    event_id: UUID
    follower_id: UUID
    number: str


@dataclass(frozen=True)
class ReplyGiven(journal.Fact):
    """Who rides along with an event got its reply: the follower or the merged reporter with this number, once each.

    `event_id` is the event that ended, `holder_id` the follower or the merged event. The event's own reporter hears
    of it by EventClosed.
    """

    event_id: UUID
    holder_id: UUID
    number: str


@dataclass(frozen=True)
class SourceRaised(journal.Fact):
    """One matter recurred at one place, so an event to cure the source was raised."""

    event_id: UUID
    matter_code: str
    causes: int


@dataclass(frozen=True)
class HotIssueFound(journal.Fact):
    """Many people report one thing at one place 热点问题, and did not do so at the last look."""

    issue_id: UUID
    people: int
