"""Webhooks: who outside is told of events, how that goes, and sending again what was not taken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.interfaces import SinceForm, WebhookForm
from linli.site.views.interfaces import INTERFACES, interface_shell
from linli.site.views.shell import desk

Deed = Callable[[HttpRequest, events.Webhook, accounts.Actor], str]


@desk(INTERFACES)
def webhook_list(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the webhooks, and open one; its secret is shown once."""
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = events.open_webhook(**form.cleaned_data, by=actor, now=kernel.now())
        except events.NothingSeenError:
            form.add_error(None, _("Your post sees no events, so nothing could be told."))
        else:
            messages.success(request, _secret(secret))
            return redirect("desk:webhook", made.id)
    rows = events.with_counts(events.webhooks_seen_by(actor))
    context = {**interface_shell(actor, "desk:webhooks"), "form": form, "rows": rows}
    return render(request, "site/desk/webhooks.html", context, status=422 if form.errors else 200)


@desk(INTERFACES)
def webhook(request: HttpRequest, actor: accounts.Actor, webhook_id: UUID) -> HttpResponse:
    """Show one webhook with its deliveries, and change it."""
    hook = _found(actor, webhook_id)
    form = WebhookForm(request.POST or None, initial={"name": hook.name, "url": hook.url, "kinds": hook.kinds})
    if request.method == "POST" and form.is_valid():
        events.change_webhook(webhook=hook, **form.cleaned_data, by=actor, now=kernel.now())
        messages.success(request, _("The webhook is changed; what waits goes to the new address."))
        return redirect("desk:webhook", hook.id)
    state = request.GET.get("state", "")
    page = events.deliveries_page(hook, state=state, cursor=request.GET.get("cursor"))
    context = {
        **interface_shell(actor, "desk:webhooks"),
        "hook": hook, "form": form, "page": page, "states": _states(state),
        "since": SinceForm(initial={"since": kernel.now() - timedelta(days=1), "lost_only": True}),
    }  # fmt: skip
    return render(request, "site/desk/webhook.html", context, status=422 if form.errors else 200)


@require_POST
@desk(INTERFACES)
def do(request: HttpRequest, actor: accounts.Actor, webhook_id: UUID, deed: str) -> HttpResponse:
    """Test, pause, resume, end, renew the secret, or send again since a moment."""
    hook = _found(actor, webhook_id)
    if deed not in DEEDS:
        raise Http404
    messages.success(request, DEEDS[deed](request, hook, actor))
    return redirect("desk:webhook", hook.id)


@require_POST
@desk(INTERFACES)
def replay(request: HttpRequest, actor: accounts.Actor, delivery_id: UUID) -> HttpResponse:
    """Send one delivery again."""
    hooks = events.webhooks_seen_by(actor)
    delivery = events.Delivery.objects.filter(pk=delivery_id, webhook__in=hooks).select_related("webhook").first()
    if delivery is None:
        raise Http404
    events.replay_delivery(delivery=delivery, by=actor, now=kernel.now())
    messages.success(request, _("It is on its way again; look here in a moment."))
    return redirect("desk:webhook", delivery.webhook_id)


def _test(_request: HttpRequest, hook: events.Webhook, actor: accounts.Actor) -> str:
    events.send_test(webhook=hook, by=actor, now=kernel.now())
    return _("A test message is on its way; look here in a moment whether it was taken.")


def _pause(_request: HttpRequest, hook: events.Webhook, actor: accounts.Actor) -> str:
    events.pause_webhook(webhook=hook, by=actor, now=kernel.now(), paused=True)
    return _("Nothing is sent now; what happens waits in order.")


def _resume(_request: HttpRequest, hook: events.Webhook, actor: accounts.Actor) -> str:
    events.pause_webhook(webhook=hook, by=actor, now=kernel.now(), paused=False)
    return _("It goes on with what waits.")


def _end(_request: HttpRequest, hook: events.Webhook, actor: accounts.Actor) -> str:
    events.end_webhook(webhook=hook, by=actor, now=kernel.now())
    return _("The webhook has ended.")


def _renew(_request: HttpRequest, hook: events.Webhook, actor: accounts.Actor) -> str:
    return _secret(events.renew_secret(webhook=hook, by=actor, now=kernel.now()))


def _replay_since(request: HttpRequest, hook: events.Webhook, actor: accounts.Actor) -> str:
    form = SinceForm(request.POST)
    if not form.is_valid():
        return _("Nothing was sent again: say since when.")
    count = events.replay_since(webhook=hook, **form.cleaned_data, by=actor, now=kernel.now())
    return ngettext("%(n)s message is sent again.", "%(n)s messages are sent again.", count) % {"n": count}


DEEDS: dict[str, Deed] = {
    "test": _test, "pause": _pause, "resume": _resume, "end": _end, "secret": _renew, "replay": _replay_since,
}  # fmt: skip


def _found(actor: accounts.Actor, webhook_id: UUID) -> events.Webhook:
    hook = events.webhooks_seen_by(actor).filter(pk=webhook_id).first()
    if hook is None:
        raise Http404
    return hook


def _secret(secret: str) -> str:
    return _("The secret, shown only now: %(secret)s") % {"secret": secret}


def _states(state: str) -> list[dict[str, Any]]:
    labels = {"": _("All"), **dict(events.Delivery.State.choices)}
    return [{"label": label, "url": f"?state={value}", "current": value == state} for value, label in labels.items()]
