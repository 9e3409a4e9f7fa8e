"""Linked nodes at the console: who we are, whom we are linked with, how the links do, and what is told over them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.forms.peers import AnchorForm, SliceForm
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.trust import api as trust

MANAGE = "exchange.peers"
ASIDE = 20  # messages set aside that are listed
Deed = Callable[[HttpRequest, exchange.Peer, accounts.Actor], str]


@trust.staff(MANAGE)
def peer_list(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the linked nodes with the state of their links, show our own anchor, and link another node."""
    form = AnchorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = exchange.add_peer(anchor=said["anchor"], place=said["place"], by=actor, now=kernel.now())
        except (exchange.ExchangeRefusedError, kernel.OutgoingError) as refused:
            form.add_error("anchor", str(refused))
        else:
            messages.success(request, _("%(name)s is linked; what waits goes out now.") % {"name": made.name})
            return redirect("exchange:peer", made.id)
    context = {**accounts.desk_shell(actor, "peers"), "form": form, "own": _own(request)}
    context["rows"] = [_row(one) for one in exchange.peers()]
    return render(request, "exchange/peers.html", context, status=422 if form.is_bound and form.errors else 200)


@trust.staff(MANAGE)
def anchor_file(request: HttpRequest, _actor: accounts.Actor) -> HttpResponse:
    """Hand out our own anchor as a file."""
    answer = HttpResponse(_own(request)["text"], content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="linli-anchor.json"'
    return answer


@require_POST
@trust.staff(MANAGE)
def renew_keys(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Sign with a new key from now on; every peer is told by the old one."""
    exchange.change_keys(by=actor, now=kernel.now())
    messages.success(request, _("This node signs with a new key; the linked nodes are told by the old one."))
    return redirect("exchange:peers")


@trust.staff(MANAGE)
def peer(request: HttpRequest, actor: accounts.Actor, peer_id: UUID) -> HttpResponse:
    """Show one linked node: its link, its keys, what it is told, what comes from it."""
    return _shown(request, actor, _found(peer_id), _slice_form(actor, None))


@require_POST
@trust.staff(MANAGE)
def add_slice(request: HttpRequest, actor: accounts.Actor, peer_id: UUID) -> HttpResponse:
    """Tell a node of a slice."""
    found, form = _found(peer_id), _slice_form(actor, request.POST)
    if form.is_valid():
        try:
            exchange.subscribe(peer=found, wanted=form.slice(), by=actor, now=kernel.now())
        except exchange.SliceRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The other side is told of it, and takes what is in it from now on."))
            return redirect("exchange:peer", found.id)
    return _shown(request, actor, found, form)


@require_POST
@trust.staff(MANAGE)
def do(request: HttpRequest, actor: accounts.Actor, peer_id: UUID, deed: str) -> HttpResponse:
    """Pause, resume or remove a link, end a slice, or use a message again that was set aside."""
    if deed not in DEEDS:
        raise Http404
    messages.success(request, DEEDS[deed](request, _found(peer_id), actor))
    return redirect("exchange:peers" if deed == "remove" else "exchange:peer", *([] if deed == "remove" else [peer_id]))


def _pause(_request: HttpRequest, found: exchange.Peer, actor: accounts.Actor) -> str:
    exchange.change_state(peer_id=found.id, state=exchange.Peer.State.PAUSED, by=actor, now=kernel.now())
    return _("Nothing goes out or comes in now; what is to be sent waits in order.")


def _resume(_request: HttpRequest, found: exchange.Peer, actor: accounts.Actor) -> str:
    exchange.change_state(peer_id=found.id, state=exchange.Peer.State.ACTIVE, by=actor, now=kernel.now())
    return _("The link goes on with what waits.")


def _remove(_request: HttpRequest, found: exchange.Peer, actor: accounts.Actor) -> str:
    exchange.change_state(peer_id=found.id, state=exchange.Peer.State.REMOVED, by=actor, now=kernel.now())
    return _("The link is removed; its keys are trusted no more.")


def _end(request: HttpRequest, found: exchange.Peer, actor: accounts.Actor) -> str:
    row = found.subscriptions.filter(pk=_uuid(request.POST.get("slice", ""))).first()
    if row is None:
        raise Http404
    exchange.end_subscription(subscription_id=row.id, by=actor, now=kernel.now())
    return _("The slice is closed; nothing more is told of it.")


def _again(request: HttpRequest, found: exchange.Peer, _actor: accounts.Actor) -> str:
    row = exchange.set_aside(found).filter(pk=_uuid(request.POST.get("message", ""))).first()
    if row is None:
        raise Http404
    good = exchange.take_again(message=row, now=kernel.now())
    return _("The message is taken now.") if good else _("It still can't be used; its error stands beside it.")


DEEDS: dict[str, Deed] = {"pause": _pause, "resume": _resume, "remove": _remove, "end": _end, "again": _again}


def _shown(request: HttpRequest, actor: accounts.Actor, found: exchange.Peer, form: SliceForm) -> HttpResponse:
    context = {
        **accounts.desk_shell(actor, "peers"), "row": _row(found), "peer": found, "form": form, "groups": _groups(form),
        "keys": [{"mark": exchange.shown(one.fingerprint), "it": one} for one in found.keys.order_by("-id")],
        "slices": [_slice(one) for one in found.subscriptions.select_related("division").order_by("-id")],
        "intakes": found.intakes.order_by("-id"), "aside": exchange.set_aside(found)[:ASIDE],
    }  # fmt: skip
    return render(request, "exchange/peer.html", context, status=422 if form.is_bound and form.errors else 200)


def _slice_form(actor: accounts.Actor, data: Any) -> SliceForm:
    own = [held.division_id for held in actor.holdings_with(MANAGE)]
    divisions = dict.fromkeys(key for one in own for key in (one, *(below.id for below in regions.children(one))))
    return SliceForm(data, sensitive=actor.can("registry.sensitive"), divisions=list(divisions))


def _groups(form: SliceForm) -> list[dict[str, Any]]:
    """Return the elements that may be told by kind of record, with what was ticked before."""
    field: Any = form.fields["elements"]
    chosen = set(form["elements"].value() or ())
    return [
        {"label": label, "open": number == 0 or any(value in chosen for value, _name in options),
         "options": [{"value": value, "label": name, "chosen": value in chosen} for value, name in options]}
        for number, (label, options) in enumerate(field.choices) if options
    ]  # fmt: skip


def _found(peer_id: UUID) -> exchange.Peer:
    found: exchange.Peer | None = exchange.peers().filter(pk=peer_id).first()
    if found is None:
        raise Http404
    return found


def _row(one: exchange.Peer) -> dict[str, Any]:
    backlog = getattr(one, "backlog", 0)
    if one.state == exchange.Peer.State.PAUSED:
        state, tone, icon = _("paused"), "amber", "player-pause"
    elif one.failures:
        state, tone, icon = _("can't be reached"), "red", "wifi-off"
    elif one.last_in_at or one.last_out_at:
        state, tone, icon = _("link stands"), "green", "circle-check"
    else:
        state, tone, icon = _("nothing said yet"), "", ""
    return {"it": one, "state": state, "tone": tone, "icon": icon, "backlog": backlog}


def _slice(one: exchange.Subscription) -> dict[str, Any]:
    return {"it": one, "open": one.ended_at is None and one.valid_until > kernel.now(), "lag": one.sequence - one.taken}


def _own(request: HttpRequest) -> dict[str, Any]:
    exchange.ensure_keys(now=kernel.now())
    address = settings.PUBLIC_URL or request.build_absolute_uri("/")
    anchor = exchange.own_anchor(address=address)
    if anchor is None:
        raise Http404
    return {"name": anchor.name, "address": anchor.address, "text": anchor.text(),
            "mark": exchange.shown(anchor.fingerprint), "algorithm": anchor.algorithm}  # fmt: skip


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
