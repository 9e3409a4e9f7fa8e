"""The public page behind a door plate 门牌: where this is, whom to call, one tap to report. It knows no resident."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.site.actions import drafts

OFFICES = ("community", "street")


@never_cache
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, plate: str) -> HttpResponse:
    """Show the address and the offices that answer for it; POST begins a report from here.

    Who is signed in sees the same. A code that is unknown or out of force says so and still leads to a report.
    """
    face = regions.plate_face(plate)
    if request.method == "POST":
        if face:
            drafts.keep_draft(
                session=request.session,
                filled={"address": face.text, "division": face.division_id, "lng": None, "lat": None},
            )
        return redirect("site:report")
    if face is None:
        return render(request, "site/resident/door_unknown.html", status=404)
    context = {"face": face, "offices": _offices(face.division_id)}
    return render(request, "site/resident/door.html", context)


def _offices(division_id: int) -> list[accounts.UnitInfo]:
    """Return the community's and the street's unit with their office telephones, the nearest first."""
    found = [accounts.unit_for(kind=kind, division_id=division_id) for kind in OFFICES]
    return [one for one in found if one and one.phone]
