"""What holds an event: an unfinished task, or a part of it that it waits for."""

from linli.events.models import Event, Link, Task
from linli.events.models.link import STANDING
from linli.events.models.part import UNFINISHED
from linli.events.rules import joint

DEEPEST = 20


def refuse_while_held(event: Event, *, depth: int = 0) -> None:
    """Raise HeldError, naming the first thing over which the event can't be submitted or closed."""
    task = Task.objects.filter(event=event, state__in=UNFINISHED).select_related("unit").order_by("due", "id").first()
    if task is not None:
        raise joint.task_open(task.what, task.unit.name)
    for link in children_of(event):
        if link.policy == Link.Policy.BLOCK:
            raise joint.child_open(link.other.title, link.other.lead_unit.name)
        if link.policy == Link.Policy.CASCADE and depth < DEEPEST:
            refuse_while_held(link.other, depth=depth + 1)


def children_of(event: Event) -> list[Link]:
    """Return the links to the open parts of an event, oldest first."""
    rows = Link.objects.filter(STANDING, one=event, kind=Link.Kind.CHILD)
    if not rows.exists():  # nearly always: the wide rows below are for the few that have parts
        return []
    return list(rows.filter(other__closed_at=None).select_related("other__lead_unit").order_by("id"))
