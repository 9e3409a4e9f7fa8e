"""Messages: what could not be delivered and is sent again, and where units are told of new work."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actions import messages as actions
from linli.accounts.forms import NoticeAddressForm
from linli.accounts.models import Message
from linli.accounts.queries import messages as lists
from linli.accounts.queries.desks import desk_shell
from linli.accounts.queries.messages import MESSAGES
from linli.accounts.rules.actor import Actor
from linli.accounts.views.console.guard import attempt, console_for
from linli.kernel import api as kernel

DEAD = Message.State.DEAD


@require_GET
@console_for(MESSAGES)
def message_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List messages by state; first those that could not be delivered."""
    state = request.GET.get("state", DEAD)
    page = lists.messages_page(actor, state=state, cursor=request.GET.get("cursor"))
    counts = lists.message_counts(actor)
    labels = {DEAD: _("Not delivered"), "waiting": _("Waiting"), "sent": _("Sent"), "all": _("All")}
    states = [
        {"label": label, "url": f"?state={value}", "count": counts.get(value), "current": value == state}
        for value, label in labels.items()
    ]
    context = {"page": page, "states": states, "dead": counts.get(DEAD, 0)}
    return _page(request, actor, "messages", "accounts_messages", context)


@require_POST
@console_for(MESSAGES)
def retry(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send one undelivered message again, or all since a day."""
    one, now = request.POST.get("message", ""), kernel.now()
    if one and not _is_id(one):
        raise Http404
    since = None if one else _since(request.POST.get("since", ""))
    count = actions.retry_messages(by=actor, now=now, message_id=UUID(one) if one else None, since=since)
    words = ngettext("%(n)s message is on its way again.", "%(n)s messages are on their way again.", count)
    notices.success(request, words % {"n": count})
    return redirect("accounts_messages")


@require_POST
@console_for(MESSAGES)
def drop(request: HttpRequest, actor: Actor, message_id: UUID) -> HttpResponse:
    """Take a message off the list because the person was told in another way."""
    if not actions.drop_message(message_id=message_id, by=actor):
        raise Http404
    notices.success(request, _("The message is off the list."))
    return redirect("accounts_messages")


@require_http_methods(["GET", "POST"])
@console_for(MESSAGES)
def addresses(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List where units are told of new work, and add an address."""
    form = NoticeAddressForm(request.POST if request.method == "POST" else None, actor=actor)
    added: list[Any] = []
    if request.method == "POST" and form.is_valid():

        def deed() -> None:
            added.append(actions.add_notice_address(**form.cleaned_data, by=actor, now=kernel.now()))

        if attempt(form, "address", deed):
            secret = added[0].secret.reveal()
            words = _("The unit is told there. Its secret, shown only now: %(secret)s") % {"secret": secret}
            notices.success(request, words if secret else _("The unit is told there from now on."))
            return redirect("accounts_notice_addresses")
    rows = lists.notice_addresses(actor)
    labels = {channel.code: channel.label for channel in lists.channels_ready()}
    context = {"form": form, "rows": [(row, labels.get(row.channel, row.channel)) for row in rows]}
    return _page(request, actor, "addresses", "accounts_notice_addresses", context)


@require_POST
@console_for(MESSAGES)
def end_address(request: HttpRequest, actor: Actor, address_id: int) -> HttpResponse:
    """Tell a unit no more at an address."""
    row = lists.notice_addresses(actor).filter(pk=address_id).first()
    if row is None:
        raise Http404
    actions.end_notice_address(address=row, by=actor, now=kernel.now())
    notices.success(request, _("The unit is not told there any more."))
    return redirect("accounts_notice_addresses")


def _page(request: HttpRequest, actor: Actor, name: str, here: str, context: dict[str, Any]) -> HttpResponse:
    labels = {"accounts_messages": _("Messages"), "accounts_notice_addresses": _("Where units are told")}
    tabs = [{"url": reverse(tab), "label": label, "current": tab == here} for tab, label in labels.items()]
    refused = getattr(context.get("form"), "errors", None)
    shell = {**desk_shell(actor, "messages"), "tabs": tabs, **context}
    return render(request, f"accounts/console/{name}.html", shell, status=422 if refused else 200)


def _since(text: str) -> datetime | None:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    return datetime(day.year, day.month, day.day, tzinfo=get_current_timezone()) if day else None


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
