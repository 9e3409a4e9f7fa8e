"""The tasks of my unit, by clock: what other units asked of it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.rules.joint import task_words
from linli.site.views.lists import seconds_left
from linli.site.views.shell import desk

TONES = {"overdue": "red"}


@desk("events.handle")
def unit_tasks(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show one tab of the list."""
    now = kernel.now()
    tab = request.GET.get("tab", "")
    tab = tab if tab in events.TASK_TABS else "open"
    page = events.unit_tasks(actor=actor, tab=tab, now=now, cursor=request.GET.get("cursor") or None)
    context = {
        **accounts.desk_shell(actor, "tasks"),
        "page": page,
        "rows": [_row(task, now) for task in page.items],
        "calls": [
            {"call": call, "url": _page(call.whistle.event), "left": _hours(call.whistle.due, now)}
            for call in events.calls_waiting(actor=actor, now=now)
        ],
        "tabs": _tabs(tab, events.unit_task_counts(actor=actor, now=now)),
    }
    return render(request, "site/desk/tasks.html", context)


def _row(task: events.Task, now: datetime) -> dict[str, Any]:
    return {
        "task": task,
        "url": _page(task.event),
        "left": seconds_left(task.due, now),
        "is_open": task.state == events.Task.State.OPEN,
        "state": task_words(task.state),
    }


def _page(event: events.Event) -> str:
    return reverse("desk:event", args=[event.number])


def _hours(due: datetime, now: datetime) -> float:
    """Return the seconds until a call is over: its clock runs at night, too."""
    return (due - now).total_seconds()


def _tabs(current: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        "open": _("To do"),
        "overdue": _("Overdue"),
        "sign_off": _("Waiting for sign-off"),
        "done": _("Finished"),
    }
    return [
        {
            "label": label,
            "url": f"{reverse('desk:tasks')}?tab={tab}",
            "count": counts.get(tab) or None,
            "tone": TONES.get(tab, "") if counts.get(tab) else "",
            "current": tab == current,
        }
        for tab, label in labels.items()
    ]
