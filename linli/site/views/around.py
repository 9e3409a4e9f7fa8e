"""Devices around you 身边的采集设备: what stands where, why, how long it keeps, how to do without; object to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.queries.places import place_choices
from linli.trust import api as trust

SIZE = 20
TONES = {"applied": "blue", "allowed": "blue", "connected": "green", "in_review": "red"}


@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """List them for everybody, in one area or in all."""
    chosen = request.GET.get("area", "")
    areas = _areas()
    area = int(chosen) if chosen.isascii() and chosen.isdecimal() and int(chosen) in areas else None
    page = kernel.keyset_page(
        trust.devices_around(area), order=("number",), size=SIZE, cursor=request.GET.get("cursor") or None
    )
    today = timezone.localdate(kernel.now())
    policy, register = trust.ask_less_in_force(), trust.register_on(today)
    assessed = trust.assessed_devices(page.items, day=today)
    context = {
        "page": page, "areas": areas.items(), "area": area,
        "rows": [_row(one, policy, register, today, is_assessed=one.number in assessed) for one in page.items],
    }  # fmt: skip
    return render(request, "site/resident/devices.html", context)


@require_POST
def object_to(request: HttpRequest, device_number: str) -> HttpResponse:
    """Turn one tap into an event, and lead to it; who is not signed in is asked to, and comes back."""
    actor = accounts.actor_of(request)
    if actor.kind != "resident":
        return redirect(f"{reverse('accounts_enter')}?" + urlencode({"next": reverse("site:devices")}))
    row = trust.devices_around(None).filter(number=device_number).first()
    if row is None:
        raise Http404
    now = kernel.now()
    said = {"name": row.name, "number": row.number, "where": row.address}
    receipt = events.object_to_device(
        number=row.number, title=_("I object to a device: %(name)s") % said,
        text=_("I do not agree with this device: %(name)s (%(number)s), %(where)s. Please look into it.") % said,
        address=row.address, division_id=row.division_id, by=actor, now=now,
    )  # fmt: skip
    if receipt.again:
        messages.info(request, _("You objected already; here is how it goes."))
    else:
        due = kernel.when_text(receipt.handle_due, now=now, zone=timezone.get_current_timezone())
        messages.success(
            request, _("Written down. %(unit)s answers you by %(due)s.") % {"unit": receipt.unit_name, "due": due}
        )
    return redirect("site:case", number=receipt.number)


def _areas() -> dict[int, str]:
    """Return the streets and communities to choose from, in their order."""
    found: dict[int, str] = {}
    for street in place_choices():
        found[street.division_id] = street.name
        found |= {below.division_id: f"{street.name} {below.name}" for below in street.below}
    return found


def _row(one: "trust.Device", policy: trust.AskLess, register: Any, today: Any, *, is_assessed: bool) -> dict[str, Any]:
    kind, purpose = policy.kinds.get(one.kind), register.get(one.purpose)
    is_over = one.review_on is not None and one.review_on < today
    return {
        "it": one,
        "kind": kind.name if kind else one.kind,
        "takes": list(kind.elements.values()) if kind else [],
        "basis": kind.basis if kind else "",
        "why": str(purpose.name) if purpose else "",
        "phone": accounts.unit(one.unit_id).phone,
        "tone": "red" if is_over else TONES[one.state],
        "state": _("closed, under review") if is_over else one.get_state_display(),
        "is_assessed": is_assessed,
    }
