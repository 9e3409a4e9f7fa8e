"""Door plates at the desk: choose an estate or road, issue what is missing, print the sheet, replace a lost one."""

import io
from typing import Any

import segno
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.site.views.shell import desk

KEEP = "registry.keep"
SIZE, LONGEST = 30, 60


@desk(KEEP)
def plates(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List estates, roads and villages of the area, narrowed by words."""
    words = request.GET.get("find", "").replace("\x00", "")[:LONGEST].strip()
    rows = registry.addresses_kept_by(actor).filter(parent=None)
    page = kernel.keyset_page(
        _named(rows, words) if words else rows, order=("text", "id"), size=SIZE,
        cursor=request.GET.get("cursor") or None,
    )  # fmt: skip
    others = regions.names_below([one.pk for one in page.items])
    shown = [
        {"it": one, "area": regions.division(one.division_id).name, "formerly": others.get(one.pk, ())}
        for one in page.items
    ]
    context = {**accounts.desk_shell(actor, "plates"), "page": page, "rows": shown, "words": words}
    return render(request, "site/desk/plates.html", context)


@desk(KEEP)
def sheet(request: HttpRequest, actor: accounts.Actor, node_id: int) -> HttpResponse:
    """Show the plates in force on an address and below it, ready to print."""
    shown = registry.plate_sheet(address_id=node_id, by=actor)
    cards = [_card(request, address, plate) for address, plate in shown]
    top = regions.Address.objects.get(pk=node_id)
    context = {**accounts.desk_shell(actor, "plates"), "cards": cards, "top": top}
    context["names_url"] = reverse("desk:place-name", args=[node_id])
    return render(request, "site/desk/plate_sheet.html", context)


@require_POST
@desk(KEEP)
def issue(request: HttpRequest, actor: accounts.Actor, node_id: int) -> HttpResponse:
    """Issue the plates that are missing, or replace one."""
    now = kernel.now()
    if request.POST.get("deed") == "replace":
        registry.replace_plate(address_id=node_id, by=actor, now=now)
        messages.success(request, _("The old plate is out of force; print the new one and put it up."))
        back = request.POST.get("back", "")
        return redirect(
            back if back.startswith(f"{reverse('desk:plates')}/") else reverse("desk:plate-sheet", args=[node_id])
        )
    made = registry.issue_plates(address_id=node_id, by=actor, now=now)
    words = ngettext("%(n)s plate is new.", "%(n)s plates are new.", made) % {"n": made}
    messages.success(request, words)
    return redirect("desk:plate-sheet", node_id=node_id)


def _named(rows: "QuerySet[regions.Address]", words: str) -> "QuerySet[regions.Address]":
    """Return the addresses whose name of today or of old holds the words."""
    bore = regions.PlaceName.objects.filter(name__icontains=words, withdrawn_at=None, address__isnull=False)
    return rows.filter(Q(text__icontains=words) | Q(pk__in=bore.values("address_id")))


def _card(request: HttpRequest, address: regions.Address, plate: regions.DoorPlate) -> dict[str, Any]:
    url = request.build_absolute_uri(reverse("site:door", args=[plate.code]))
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=2, scale=4, omitsize=True
    )
    drawn = mark_safe(out.getvalue().decode())  # noqa: S308  made by segno from an address of our own
    return {"address": address, "plate": plate, "url": url, "qr": drawn}
