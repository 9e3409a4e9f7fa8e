"""Names of places at the desk 地名沿革: list, find, history of one place, write down, end, withdraw."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.site.forms.place_names import KINDS, EndForm, NameForm, TableForm, WithdrawForm
from linli.site.views.shell import desk

KEEP = "registry.keep"
SIZE, LONGEST, PLACES = 30, 60, 12
TABS = ("kept", "withdrawn")


@desk(KEEP)
def names(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the other names of places of the area, narrowed by words, and the places that may get one."""
    words = request.GET.get("find", "").replace("\x00", "")[:LONGEST].strip()
    tab = chosen if (chosen := request.GET.get("tab", "")) in TABS else TABS[0]
    try:
        page = kernel.keyset_page(
            rows_for(actor, words, tab), order=("name", "id"), size=SIZE, cursor=request.GET.get("cursor") or None
        )
    except kernel.CursorError as error:
        messages.error(request, str(error))
        return redirect("desk:place-names")
    here = reverse("desk:place-names")
    context = {
        **accounts.desk_shell(actor, "names"), "page": page, "rows": [_row(one) for one in page.items], "tab": tab,
        "words": words, "places": _places(actor, words) if words else [], "upload": TableForm(),
        "query": urlencode({"find": words, "tab": tab}),
        "tabs": [
            {"label": label, "url": f"{here}?{urlencode({'tab': code, 'find': words})}", "current": code == tab}
            for code, label in zip(TABS, (_("Names"), _("Withdrawn")), strict=True)
        ],
    }  # fmt: skip
    return render(request, "site/desk/place_names.html", context)


@desk(KEEP)
def address(request: HttpRequest, actor: accounts.Actor, node_id: int) -> HttpResponse:
    """Show what an address was called, and write down a name."""
    return _place(request, actor, registry.place_kept_by(actor, address_id=node_id))


@desk(KEEP)
def area(request: HttpRequest, actor: accounts.Actor, area_id: int) -> HttpResponse:
    """Show what a street or community was called, and write down a name."""
    return _place(request, actor, registry.place_kept_by(actor, division_id=area_id))


@require_POST
@desk(KEEP)
def end(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Say until when a name was borne."""
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say from which day on it is not borne any more."))
        return redirect(_back(request))
    said = form.cleaned_data
    try:
        registry.finish_place_name(name_id=said["name_id"], day=said["day"], by=actor, now=kernel.now())
    except regions.RegionRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Written down; the name still leads to its place."))
    return redirect(_back(request))


@require_POST
@desk(KEEP)
def withdraw(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Withdraw a name that was a mistake."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the name is withdrawn."))
        return redirect(_back(request))
    said = form.cleaned_data
    try:
        registry.revoke_place_name(name_id=said["name_id"], reason=said["reason"], by=actor, now=kernel.now())
    except regions.RegionRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Withdrawn; the name leads nowhere any more."))
    return redirect(_back(request))


def rows_for(actor: accounts.Actor, words: str, tab: str) -> "QuerySet[regions.PlaceName]":
    """Return the names that the address of the page describes."""
    rows = registry.place_names_kept_by(actor).select_related("address", "division")
    rows = rows.filter(withdrawn_at__isnull=tab == TABS[0])
    if not words:
        return rows
    return rows.filter(
        Q(name__icontains=words) | Q(address__name__icontains=words) | Q(division__name__icontains=words)
    )


def _place(request: HttpRequest, actor: accounts.Actor, place: regions.Address | regions.Division) -> HttpResponse:
    is_address = isinstance(place, regions.Address)
    is_road = isinstance(place, regions.Address) and place.kind == "road" and place.parent_id is None
    form = NameForm(request.POST or None, renames=is_address, is_road=is_road)
    if request.method == "POST" and form.is_valid():
        try:
            count = registry.note_place_name(
                place=place, draft=form.draft(), everywhere=form.cleaned_data.get("everywhere", False), by=actor,
                now=kernel.now(),
            )  # fmt: skip
        except regions.RegionRefusedError as refused:
            form.add_error("name", str(refused))
        else:
            said = ngettext("Written down for %(n)s place.", "Written down for %(n)s places.", count) % {"n": count}
            messages.success(request, said)
            return redirect(request.path)
    inside = regions.division(place.division_id).name if isinstance(place, regions.Address) else ""
    context = {
        **accounts.desk_shell(actor, "names"), "place": place, "inside": inside, "form": form, "is_address": is_address,
        "history": [_borne(one) for one in regions.history_of(place)], "here": request.path,
        "title": place.text if isinstance(place, regions.Address) else place.name,
    }  # fmt: skip
    return render(request, "site/desk/place_name.html", context, status=422 if form.is_bound else 200)


def _places(actor: accounts.Actor, words: str) -> list[dict[str, Any]]:
    """Return places of the area whose name of today or of old holds the words."""
    tops = registry.addresses_kept_by(actor).filter(parent=None)
    named = tops.filter(Q(name__icontains=words) | Q(names__name__icontains=words, names__withdrawn_at=None))
    found = list(named.order_by("name", "id").distinct()[:PLACES])
    others = regions.names_below([one.pk for one in found])
    addresses = [
        {"name": one.text, "inside": regions.division(one.division_id).name, "formerly": others.get(one.pk, ()),
         "url": reverse("desk:place-name", args=[one.pk])}
        for one in found
    ]  # fmt: skip
    areas = [one for one in registry.divisions_kept_by(actor) if words in one.name][: PLACES - len(addresses)]
    return addresses + [
        {"name": one.name, "inside": "", "url": reverse("desk:area-name", args=[one.id])} for one in areas
    ]


def _row(one: regions.PlaceName) -> dict[str, Any]:
    if one.address:
        place, inside = one.address.text, regions.division(one.address.division_id).name
        url = reverse("desk:place-name", args=[one.address_id])
    else:
        place, inside = one.division.name if one.division else "", ""
        url = reverse("desk:area-name", args=[one.division_id])
    return {"it": one, "place": place, "inside": inside, "url": url, "kind": KINDS[one.kind]}


def _borne(one: regions.Borne) -> dict[str, Any]:
    return {
        "it": one, "kind": KINDS[one.kind], "may": one.number is not None and not one.withdrawn,
        "said": [words for words in (one.source, one.by, one.withdrawn) if words],
        "dated": bool(one.valid_from or one.valid_to),
    }  # fmt: skip


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    return back if back.startswith(f"{reverse('desk:place-names')}/") else reverse("desk:place-names")
