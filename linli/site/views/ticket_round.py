"""The round of hotline tickets: accept, return with a reason, answer, and the file that goes back to the platform."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.tickets import ReplyForm, ReturnForm
from linli.site.views.exports import taken_out
from linli.site.views.shell import desk

IMPORT = "events.import"


@require_POST
@desk(IMPORT)
def accept_all(_request: HttpRequest, actor: accounts.Actor, file_id: UUID) -> HttpResponse:
    """Accept every ticket of a file."""
    file = _file(actor, file_id)
    count = events.accept_tickets(file=file, by=actor, now=kernel.now())
    words = ngettext("%(n)s ticket is accepted.", "%(n)s tickets are accepted.", count) % {"n": count}
    messages.success(_request, words)
    return redirect("desk:ticket-file", file.id)


@require_GET
@desk(IMPORT)
def results(request: HttpRequest, actor: accounts.Actor, file_id: UUID, form: str) -> HttpResponse:
    """Hand out the file for the platform, as a workbook or as CSV; `?new=1` only what has ended since the last one."""
    file = _file(actor, file_id)
    if form not in {"xlsx", "csv"}:
        raise Http404
    only_new = request.GET.get("new") == "1"
    return taken_out(lambda: events.hand_back(file=file, by=actor, now=kernel.now(), only_new=only_new), form)


@desk(IMPORT)
def ticket(request: HttpRequest, actor: accounts.Actor, ticket_id: int) -> HttpResponse:
    """Return one ticket to the platform, or answer the platform."""
    found = events.own_ticket(ticket_id, actor)
    if found is None:
        raise Http404
    doing = request.POST.get("do", "")
    returning = ReturnForm(request.POST if doing == "return" else None)
    reply = ReplyForm(request.POST if doing == "reply" else None, initial={"words": events.reply_of(found)})
    if returning.is_bound and returning.is_valid() and _returned(found, returning, actor):
        messages.success(request, _("The ticket goes back to the platform with this reason."))
        return redirect("desk:ticket-file", found.file_id)
    if reply.is_bound and reply.is_valid():
        events.reply_ticket(ticket=found, words=reply.cleaned_data["words"], by=actor, now=kernel.now())
        messages.success(request, _("The reply stands in the next file for the platform."))
        return redirect("desk:ticket-file", found.file_id)
    wrong = returning.errors or reply.errors
    context = {
        **accounts.desk_shell(actor, "tickets"), "ticket": found, "returning": returning, "reply": reply,
        "state": events.TICKET_STATES[events.ticket_state(found)],
    }  # fmt: skip
    return render(request, "site/desk/ticket.html", context, status=422 if wrong else 200)


def _returned(found: events.Ticket, form: ReturnForm, actor: accounts.Actor) -> bool:
    """Return the ticket; say on the form what speaks against it."""
    try:
        events.return_ticket(ticket=found, **form.cleaned_data, by=actor, now=kernel.now())
    except events.StepNotPossibleError:
        form.add_error(None, _("A unit works on it already; it must give it back first."))
        return False
    return True


def _file(actor: accounts.Actor, file_id: UUID) -> events.TicketFile:
    file = events.own_file(file_id, actor)
    if file is None:
        raise Http404
    return file
