"""What comes in through the office: a report taken by phone or at the desk, and hotline files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.desk import EntryForm, TicketFileForm
from linli.site.views.exports import taken_out
from linli.site.views.shell import desk

LONGEST = 200  # characters that an address may fill in
FIELDS = ("source_number", "title", "text", "address", "reporter_name", "reporter_phone", "time", "nature")


@desk("events.report")
def entry(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Take down a report for somebody."""
    given = {name: request.GET.get(name, "")[:LONGEST] for name in ("text", "address")}
    form = EntryForm(request.POST or None, request.FILES or None, initial=given)
    near: list[events.NearEvent] = []
    if request.method == "POST" and form.is_valid() and "new" not in request.POST:
        near = events.near_events(draft=_draft(form.cleaned_data), now=kernel.now(), actor=actor)
        chosen = next((one for one in near if str(one.event_id) == request.POST.get("same")), None)
        if chosen:
            return _follow(request, form.cleaned_data, chosen, actor)
    if request.method == "POST" and form.is_valid() and not near:
        try:
            receipt = _report(form.cleaned_data, actor)
        except events.DraftRefusedError as refused:
            _mark(form, refused)
        else:
            words = _("Number %(number)s: %(unit)s has it.") % {"number": receipt.number, "unit": receipt.unit_name}
            messages.success(request, words)
            return redirect("desk:event", receipt.number)
    status = 422 if form.errors else 200
    context = {**accounts.desk_shell(actor, "entry"), "form": form, "near": near}
    return render(request, "site/desk/entry.html", context, status=status)


@desk("events.import")
def tickets(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Import a hotline file; when the columns are not known, ask which is which."""
    form = TicketFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {**accounts.desk_shell(actor, "tickets"), "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("desk:ticket-file", _import(request, form.cleaned_data["file"], actor).id)
        except events.FileRefusedError:
            form.add_error("file", _("This is not a table that we can read; save it as CSV or XLSX and send it again."))
        except events.MappingMissingError as missing:
            context |= {"header": missing.header, "guessed": missing.guessed, "fields": _fields()}
            form.add_error("file", _("Say which column holds what, then choose the file again."))
    context["files"] = events.TicketFile.objects.filter(by_id=actor.person_id).order_by("-id")[:20]
    return render(request, "site/desk/tickets.html", context, status=422 if form.errors else 200)


@desk("events.import")
def ticket_file(request: HttpRequest, actor: accounts.Actor, file_id: UUID) -> HttpResponse:
    """Show what became of an imported file."""
    file = get_object_or_404(events.TicketFile, pk=file_id, by_id=actor.person_id)
    rejected = file.rejected_rows.order_by("line")[:200]
    page = events.tickets_page(file, request.GET.get("cursor"))
    states = [(one, events.ticket_state(one)) for one in page.items]
    context = {
        **accounts.desk_shell(actor, "tickets"),
        "file": file,
        "page": page,
        "tickets": [(one, state, events.TICKET_STATES[state]) for one, state in states],
        "download": reverse("desk:rejected-rows", args=[file.id]),
        "columns": [{"label": _("Line"), "figure": True}, {"label": _("Reason")}],
        "rows": [[row.line, row.reason] for row in rejected],
    }
    return render(request, "site/desk/ticket_file.html", context)


@desk("events.import")
def rejected_rows(_request: HttpRequest, actor: accounts.Actor, file_id: UUID) -> HttpResponse:
    """Hand out the rows that were not taken, with line and reason."""
    file = events.TicketFile.objects.filter(pk=file_id, by_id=actor.person_id).first()
    if file is None or not file.rejected:
        raise Http404
    return taken_out(lambda: events.hand_out_rejected(file=file, by=actor, now=kernel.now()))


def _follow(
    request: HttpRequest, said: dict[str, Any], chosen: events.NearEvent, actor: accounts.Actor
) -> HttpResponse:
    """Let who called follow what is known already, with a number of their own."""
    phone, now = said["reporter_phone"], kernel.now()
    receipt = events.follow_event(
        event_id=chosen.event_id, by=actor, now=now, phone=phone, words=said["text"], channel="desk"
    )
    words = _("It is followed with the number %(number)s; %(unit)s has it.")
    messages.success(request, words % {"number": receipt.number, "unit": receipt.unit_name})
    return redirect("desk:event", chosen.number)


def _draft(said: dict[str, Any]) -> events.ReportDraft:
    return events.ReportDraft(
        text=said["text"],
        address=said["address"],
        reporter_name=said["reporter_name"],
        reporter_phone=said["reporter_phone"],
        matter_code=said["matter_code"] or None,
        channel="desk",
    )


def _report(said: dict[str, Any], actor: accounts.Actor) -> events.Receipt:
    now = kernel.now()
    receipt = events.report_event(draft=_draft(said), by=actor, now=now)
    if said["photos"]:
        events.add_photos(event_id=receipt.event_id, photos=said["photos"], by=actor, now=now)
    return receipt


def _import(request: HttpRequest, upload: Any, actor: accounts.Actor) -> events.TicketFile:
    chosen = {field: request.POST[f"column-{field}"] for field in FIELDS if request.POST.get(f"column-{field}")}
    return events.import_tickets(
        content=upload.read(), name=upload.name, by=actor, now=kernel.now(), columns=chosen or None
    )


def _fields() -> list[tuple[str, str]]:
    labels = (
        _("Ticket number"), _("Title"), _("Text"), _("Address"), _("Name of the reporter"),
        _("Phone of the reporter"), _("Time"), _("Nature"),
    )  # fmt: skip
    return list(zip(FIELDS, labels, strict=True))


def _mark(form: EntryForm, refused: events.DraftRefusedError) -> None:
    for name, words in refused.fields.items():
        form.add_error(name if name in form.fields else None, str(words))
