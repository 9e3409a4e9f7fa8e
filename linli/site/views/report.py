"""Reporting in three steps: what, where, how to reach you; then the receipt. Works without JavaScript."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.site.actions import drafts, limits
from linli.site.forms.resident import WhatForm, WhereForm, WhoForm
from linli.site.queries.places import county_ids

STEP_OF_FIELD = {"text": "site:report", "place": "site:where", "address": "site:where"}
RECEIPT = "site.receipt"


@never_cache
@require_http_methods(["GET", "POST"])
def what(request: HttpRequest) -> HttpResponse:
    """Step 1: take the words and the photos."""
    draft = drafts.draft_of(request.session)
    if request.method == "GET":
        return _page(request, 1, WhatForm(initial=draft), draft)
    if "drop_photos" in request.POST:
        drafts.keep_draft(session=request.session, filled={"text": request.POST.get("text", "")})
        drafts.drop_photos(session=request.session)
        return redirect("site:report")
    form = WhatForm(request.POST, request.FILES)
    good = form.is_valid()
    if photos := form.cleaned_data.get("photos"):
        drafts.keep_photos(session=request.session, photos=photos, now=kernel.now())
    if not good:
        return _page(request, 1, form, drafts.draft_of(request.session))
    drafts.keep_draft(session=request.session, filled={"text": form.cleaned_data["text"]})
    return redirect("site:where")


@never_cache
@require_http_methods(["GET", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """Step 2: take the place."""
    draft = drafts.draft_of(request.session)
    if not draft.get("text"):
        return redirect("site:report")
    form = WhereForm(request.POST) if request.method == "POST" else WhereForm(initial=draft)
    if request.method == "GET" or not form.is_valid():
        return _page(request, 2, form, draft)
    drafts.keep_draft(session=request.session, filled={**form.cleaned_data, "same": ""})
    drafts.keep_near(session=request.session, now=kernel.now())
    return redirect("site:near" if drafts.near_of(request.session) else "site:who")


@never_cache
@require_http_methods(["GET", "POST"])
def near(request: HttpRequest) -> HttpResponse:
    """Between 2 and 3: show what was reported nearby already; it may be followed instead of reported again."""
    shown = drafts.near_of(request.session)
    if not shown:
        return redirect("site:who")
    if request.method == "GET":
        return _page(request, 2, None, {"near": shown}, name="near")
    same = request.POST.get("same", "")
    known = same if same in {one["event_id"] for one in shown} else ""
    drafts.keep_draft(session=request.session, filled={"same": known})
    return redirect("site:who")


@never_cache
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Step 3: take how to reach the person, and report."""
    draft = drafts.draft_of(request.session)
    if not draft.get("text"):
        return redirect("site:report")
    form = WhoForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, 3, form, draft)
    limits.count_report(source=get_adapter().get_client_ip(request), now=kernel.now())
    if draft.get("same"):
        return _follow(request, form, draft)
    try:
        receipt, key = drafts.send_draft(
            session=request.session,
            phone=form.cleaned_data["phone"],
            name=form.cleaned_data["name"],
            tell=form.cleaned_data["tell"],
            by=accounts.actor_of(request),
            now=kernel.now(),
        )
    except events.DraftRefusedError as refused:
        return _mend(request, form, refused, draft)
    request.session[RECEIPT] = _said(receipt, key, form.cleaned_data["phone"])
    return redirect("site:receipt")


@never_cache
@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the number, the unit that has it, and by when."""
    told = request.session.get(RECEIPT)
    if not told:
        return redirect("site:home")
    dues = {name: datetime.fromisoformat(told[name]) for name in ("accept_due", "handle_due")}
    address = reverse("site:case", args=[told["number"]]) + ("" if told["by_phone"] else f"?key={told['key']}")
    return render(request, "site/resident/receipt.html", {"receipt": told, "follow_url": address, **dues})


@require_GET
@cache_control(public=True, max_age=3600)
def areas(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  Django's signature
    """Return the outlines that the pin is placed on: public knowledge, no events."""
    found = [regions.grids_geojson(county) for county in county_ids()]
    return JsonResponse(found[0] if found else {"type": "FeatureCollection", "features": []})


@require_GET
def place(request: HttpRequest) -> JsonResponse:
    """Say in words where a point lies."""
    form = WhereForm(request.GET)
    form.full_clean()
    lng, lat = (form.cleaned_data.get(name) for name in ("lng", "lat"))
    found = regions.locate(lng, lat) if lng is not None and lat is not None else None
    names = (
        " ".join(name for name in (found.street_name, found.community_name, found.grid_name) if name) if found else ""
    )
    return JsonResponse({"name": names or _("outside the area we know; please add an address")})


def _follow(request: HttpRequest, form: WhoForm, draft: dict[str, Any]) -> HttpResponse:
    """Follow what was chosen as the same; when it has ended in the meantime, say so and go on with a new report."""
    try:
        receipt, key = drafts.follow_same(
            session=request.session, phone=form.cleaned_data["phone"], by=accounts.actor_of(request), now=kernel.now()
        )
    except events.NothingToFollowError as over:
        drafts.keep_draft(session=request.session, filled={"same": ""})
        form.add_error(None, str(over))
        return _page(request, 3, form, {**draft, "same": ""})
    request.session[RECEIPT] = _said(receipt, key, form.cleaned_data["phone"])
    return redirect("site:receipt")


def _page(request: HttpRequest, step: int, form: Any, draft: dict[str, Any], *, name: str = "") -> HttpResponse:
    names = {1: "what", 2: "where", 3: "who"}
    steps = [_("What is wrong"), _("Where is it"), _("How to reach you")]
    context = {
        "form": form,
        "draft": draft,
        "step": step,
        "steps": steps,
        "photo_count": len(draft.get("photos", [])),
        "areas_url": reverse("site:areas"),
        "back": reverse("site:where" if name else {2: "site:report", 3: "site:where"}.get(step, "site:home")),
        "near": [{**one, "reported_at": datetime.fromisoformat(one["reported_at"])} for one in draft.get("near", [])],
        "same": _same(draft),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, f"site/resident/{name or names[step]}.html", context, status=status)


def _same(draft: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the resident chose as the same."""
    return next((one for one in draft.get("near", []) if one["event_id"] == draft.get("same")), None)


def _mend(
    request: HttpRequest, form: WhoForm, refused: events.DraftRefusedError, draft: dict[str, Any]
) -> HttpResponse:
    for field, words in refused.fields.items():
        if field in STEP_OF_FIELD:
            messages.error(request, str(words))
            return redirect(STEP_OF_FIELD[field])
        form.add_error("phone", str(words))
    return _page(request, 3, form, draft)


def _said(receipt: events.Receipt | events.FollowReceipt, key: str, phone: str) -> dict[str, Any]:
    follows = isinstance(receipt, events.FollowReceipt)
    again = follows and receipt.again
    return {
        "number": receipt.number,
        "unit": receipt.unit_name,
        "chosen": getattr(receipt, "state", "") != "screening",
        "follows": follows,
        "again": again,
        "added": getattr(receipt, "added", False),
        "accept_due": receipt.accept_due.isoformat(),
        "handle_due": receipt.handle_due.isoformat(),
        "key": key,
        "by_phone": bool(phone) or again,  # who is known is signed in with their phone
    }
