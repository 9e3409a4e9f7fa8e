"""Supervision 督办: notes to answer and given, how units stand by them, and notes on a group of overdue events."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.supervision import AnswerNoteForm, SuperviseForm
from linli.site.views.lists import seconds_left
from linli.site.views.shell import desk

DAYS, PAGE, MOST = 90, 20, 50
SUPERVISE, ANSWER = "events.supervise", "events.handle"
TONES = {"leader": "red", "key": "amber", "ordinary": "blue"}


@desk(SUPERVISE, ANSWER)
def supervision(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the notes under a tab, and the units that supervise and are supervised."""
    return _show(request, actor)


@require_POST
@desk(ANSWER)
def answer(request: HttpRequest, actor: accounts.Actor, note_id: UUID) -> HttpResponse:
    """Answer a note; a mistake keeps what was typed."""
    if not events.notes_seen_by(actor).filter(pk=note_id).exists():
        raise Http404
    form = AnswerNoteForm(request.POST)
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            events.answer_supervision(note_id=note_id, by=actor, now=kernel.now(), words=words)
        except events.RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The note is answered."))
            return redirect("desk:supervision")
    return _show(request, actor, status=422, wrong=note_id, answer_form=form)


@desk(SUPERVISE)
def supervise(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Choose overdue events and write one note to each unit that leads some of them."""
    form = SuperviseForm(request.POST or None)
    chosen = [UUID(one) for one in request.POST.getlist("event") if _is_uuid(one)]
    if request.method == "POST" and form.is_valid():
        if not chosen:
            form.add_error(None, _("Choose at least one event."))
        elif notes := _write(form, chosen, actor):
            said = ngettext("%(n)d unit has your note.", "%(n)d units have your note.", len(notes))
            messages.success(request, said % {"n": len(notes)})
            return redirect("desk:supervision")
    now = kernel.now()
    wanted = events.InboxFilter(tab="overdue", scope="area", unit_id=_unit(request))
    page = events.inbox_page(actor=actor, wanted=wanted, now=now, cursor=None, size=MOST)
    context = {
        **accounts.desk_shell(actor, "supervision"),
        "form": form,
        "rows": [{**row, "left": seconds_left(row["next_due"], now)} for row in page.items],
        "chosen": {str(one) for one in chosen},
        "more": bool(page.next_cursor),
    }
    return render(request, "site/desk/supervise.html", context, status=422 if form.errors else 200)


def notes_of(event: events.Event, actor: accounts.Actor, now: datetime) -> list[dict[str, Any]]:
    """Return the notes about one event as its page shows them."""
    return [_note(note, actor, now) for note in events.notes_on(event_id=event.id, actor=actor)]


def _write(form: SuperviseForm, chosen: Sequence[UUID], actor: accounts.Actor) -> list[events.SupervisionNote]:
    try:
        return events.supervise_events(event_ids=chosen, by=actor, now=kernel.now(), **form.cleaned_data)
    except events.RefusedError as refused:
        form.add_error(None, str(refused))
        return []


def _show(request: HttpRequest, actor: accounts.Actor, *, status: int = 200, **more: Any) -> HttpResponse:
    now, since = kernel.now(), kernel.now() - timedelta(days=DAYS)
    tab = request.GET.get("tab", "")
    tab = tab if tab in events.NOTE_TABS else "open"
    order = ("-id",) if tab in {"answered", "all"} else ("due_at", "id")
    rows = events.notes_page(actor, tab=tab, unit_id=_unit(request), now=now)
    page = kernel.keyset_page(rows, order=order, cursor=request.GET.get("cursor"), size=PAGE)
    context = {
        **accounts.desk_shell(actor, "supervision"),
        "page": page,
        "notes": [_note(note, actor, now) for note in page.items],
        "tabs": _tabs(events.note_counts(actor, now), tab),
        "answer_form": AnswerNoteForm(),
        "columns": _columns(),
        "givers": _stand(events.supervisors(actor, since=since, now=now)),
        "askeds": _stand(events.supervised_units(actor, since=since, now=now)),
        "may_supervise": actor.can(SUPERVISE),
        **more,
    }
    return render(request, "site/desk/supervision.html", context, status=status)


def _note(note: events.SupervisionNote, actor: accounts.Actor, now: datetime) -> dict[str, Any]:
    return {
        "row": note,
        "tone": TONES[note.level],
        "left": seconds_left(note.due_at, now),
        "late": bool(note.answered_at and note.answered_at > note.due_at),
        "mine": note.answered_at is None and note.unit_id in actor.unit_ids and actor.can(ANSWER),
        "events": [one.event for one in note.about.all()],
    }


def _tabs(counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    labels = {"open": _("To answer"), "late": _("Late"), "answered": _("Answered"), "all": _("All")}
    here = reverse("desk:supervision")
    return [
        {
            "label": label,
            "url": f"{here}?{urlencode({'tab': tab})}",
            "count": counts.get(tab) or None,
            "tone": "red" if tab == "late" and counts.get(tab) else "",
            "current": tab == current,
        }
        for tab, label in labels.items()
    ]


def _columns() -> list[dict[str, Any]]:
    figures = (_("Notes"), _("Answered in time"), _("Answered late"), _("Not answered"))
    return [{"label": _("Unit")}, *({"label": label, "figure": True} for label in figures)]


def _stand(rows: Sequence[events.NoteFigures]) -> list[list[Any]]:
    here = reverse("desk:supervision")
    return [
        [
            {"text": row.unit_name, "url": f"{here}?tab=all&unit={row.unit_id}"},
            row.notes, row.in_time, row.late, row.missing,
        ]
        for row in rows
    ]  # fmt: skip


def _unit(request: HttpRequest) -> int | None:
    text = request.GET.get("unit", "")
    return int(text) if text.isdecimal() and len(text) < len("1000000000") else None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
