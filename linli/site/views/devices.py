"""The register of devices at the desk 采集设备登记: list, write down, ask, decide, connect, close, remove."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.site.forms.devices import DeviceFilter, DeviceForm, DeviceStepForm, areas_of
from linli.site.forms.place_names import TableForm
from linli.site.views.shell import desk
from linli.trust import api as trust

KEEP, DECIDE = "trust.devices", "trust.asking"
SIZE = 30
TONES = {"applied": "amber", "allowed": "blue", "connected": "green", "refused": "red", "in_review": "red"}
WAITS = ("applied", "in_review")
TABS = ("waits", "stands", "all")


@desk(KEEP, DECIDE)
def devices(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the devices of the area, narrowed by area, kind and what waits."""
    tab, rows = chosen(request, actor)
    page = kernel.keyset_page(rows, order=("number",), size=SIZE, cursor=request.GET.get("cursor") or None)
    kinds = trust.ask_less_in_force().kinds
    kept = {key: request.GET[key] for key in ("area", "kind") if request.GET.get(key)}
    context = {
        **accounts.desk_shell(actor, "devices"), "page": page, "tab": tab,
        "rows": [{"it": one, "kind": kinds[one.kind].name if one.kind in kinds else one.kind,
                  "tone": TONES.get(one.state, "")} for one in page.items],
        "filter": DeviceFilter(request.GET or None, areas=areas_of(actor)), "may_keep": actor.can(KEEP),
        "is_narrowed": bool(kept), "upload": TableForm(), "query": urlencode({**kept, "tab": tab}),
        "tabs": [
            {"label": label, "url": "?" + urlencode({**kept, "tab": code}), "current": code == tab}
            for code, label in zip(TABS, (_("Waits for a decision"), _("Allowed or connected"), _("All")), strict=True)
        ],
    }  # fmt: skip
    return render(request, "site/desk/devices.html", context)


@desk(KEEP)
def new_device(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Write a device down."""
    return _write(request, actor, None)


@desk(KEEP)
def change_device(request: HttpRequest, actor: accounts.Actor, device_number: str) -> HttpResponse:
    """Write a device anew while nobody has decided it."""
    return _write(request, actor, _one(actor, device_number))


@desk(KEEP, DECIDE)
def device(request: HttpRequest, actor: accounts.Actor, device_number: str) -> HttpResponse:
    """Show one device: what is missing, what it takes down, who decided, what happened to it."""
    return _page(request, actor, _one(actor, device_number), DeviceStepForm())


@require_POST
@desk(KEEP, DECIDE)
def step(request: HttpRequest, actor: accounts.Actor, device_number: str) -> HttpResponse:
    """Take one step in the life of a device."""
    row, form = _one(actor, device_number), DeviceStepForm(request.POST)
    deed = DEEDS.get(request.POST.get("step", ""))
    if deed is None:
        raise Http404
    if form.is_valid():
        try:
            said = deed(row.number, actor, kernel.now(), form.cleaned_data)
        except trust.DeviceRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect("desk:device", device_number=row.number)
    return _page(request, actor, row, form)


def chosen(request: HttpRequest, actor: accounts.Actor) -> tuple[str, "QuerySet[trust.Device]"]:
    """Return the tab and the rows that an address describes; what is not valid narrows nothing."""
    tab = asked if (asked := request.GET.get("tab", "")) in TABS else TABS[2]
    rows = trust.devices_seen_by(actor)
    if tab == "waits":
        rows = rows.filter(state__in=WAITS)
    if tab == "stands":
        rows = rows.filter(state__in=("allowed", "connected"))
    form = DeviceFilter(request.GET, areas=areas_of(actor))
    said = form.cleaned_data if form.is_valid() else {}
    if said.get("area"):
        rows = rows.filter(division_id__in=regions.descendants(said["area"]))
    return tab, rows.filter(kind=said["kind"]) if said.get("kind") else rows


def _write(request: HttpRequest, actor: accounts.Actor, row: "trust.Device | None") -> HttpResponse:
    now = kernel.now()
    register = trust.register_on(timezone.localdate(now)).values()
    initial = {name: getattr(row, name) for name in DeviceForm.base_fields} if row else None
    form = DeviceForm(request.POST or None, actor=actor, activities=register, initial=initial)
    if form.is_valid():
        try:
            made = trust.save_device(draft=form.draft(), by=actor, now=now, number=row.number if row else "")
        except trust.DeviceRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down. It may be connected only after somebody has decided it."))
            return redirect("desk:device", device_number=made.number)
    context = {**accounts.desk_shell(actor, "devices"), "form": form, "row": row}
    return render(request, "site/desk/device_form.html", context, status=422 if form.errors else 200)


def _one(actor: accounts.Actor, number: str) -> "trust.Device":
    found = trust.devices_seen_by(actor).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, actor: accounts.Actor, row: "trust.Device", form: DeviceStepForm) -> HttpResponse:
    today, policy = timezone.localdate(kernel.now()), trust.ask_less_in_force()
    register = trust.register_on(today)
    findings = trust.findings_of(trust.asking_of(row, policy), day=today)
    keeps = trust.may(actor, KEEP, row)
    decides = trust.may(actor, DECIDE, row) and row.applied_by_id != actor.person_id
    assessment = trust.assessed_devices([row], day=today).get(row.number)
    context = {
        **accounts.desk_shell(actor, "devices"), "row": row, "form": form, "tone": TONES.get(row.state, ""),
        "kind": policy.kinds.get(row.kind), "place": policy.places.get(row.place),
        "purpose": register.get(row.purpose), "missing": trust.missing_of(row, day=today),
        "found": [one for one in findings.found if one.is_open],
        "assessment": assessment, "assess": _assess(row), "assessment_url": _assessment(assessment),
        "steps": [_step(one) for one in trust.steps_of(row)], "keeps": keeps, "decides": decides,
        "possible": trust.device_steps(row.state), "is_late": row.review_on is not None and row.review_on < today,
    }  # fmt: skip
    return render(request, "site/desk/device.html", context, status=422 if form.errors else 200)


def _assess(row: "trust.Device") -> str:
    return f"{reverse('trust_new_assessment')}?" + urlencode({"sort": "device", "subject": row.number})


def _assessment(found: "trust.ImpactAssessment | None") -> str:
    return reverse("trust_assessment", args=[found.pk]) if found else ""


def _step(one: Any) -> dict[str, Any]:
    return {"at": one.at, "text": trust.DEVICE_STEP_WORDS[one.step], "said": one.words,
            "by": str(one.by) if one.by else _("The node")}  # fmt: skip


def _apply(number: str, by: accounts.Actor, now: datetime, _said: Mapping[str, Any]) -> str:
    trust.apply_device(number=number, by=by, now=now)
    return _("Handed in; somebody else decides.")


def _take_back(number: str, by: accounts.Actor, now: datetime, _said: Mapping[str, Any]) -> str:
    trust.take_back_device(number=number, by=by, now=now)
    return _("Taken back.")


def _decide(*, allowed: bool) -> "Deed":
    def decide(number: str, by: accounts.Actor, now: datetime, said: Mapping[str, Any]) -> str:
        day: date | None = said["review_on"]
        trust.decide_device(number=number, allowed=allowed, words=said["words"], review_on=day, by=by, now=now)
        return _("Allowed; it may be connected now.") if allowed else _("Not allowed; it can't be connected.")

    return decide


def _connect(number: str, by: accounts.Actor, now: datetime, _said: Mapping[str, Any]) -> str:
    key = trust.connect_device(number=number, by=by, now=now).key
    return _("Connected. Its key, shown only this once: %(key)s") % {"key": key}


def _review(number: str, by: accounts.Actor, now: datetime, said: Mapping[str, Any]) -> str:
    trust.review_device(number=number, words=said["words"], by=by, now=now)
    return _("Closed; its key is dead until somebody decides anew.")


def _remove(number: str, by: accounts.Actor, now: datetime, said: Mapping[str, Any]) -> str:
    trust.remove_device(number=number, words=said["words"], by=by, now=now)
    return _("Taken off the register; what happened to it stays.")


Deed = Callable[[str, accounts.Actor, datetime, Mapping[str, Any]], str]
DEEDS: Mapping[str, Deed] = {
    "apply": _apply,
    "take_back": _take_back,
    "allow": _decide(allowed=True),
    "refuse": _decide(allowed=False),
    "connect": _connect,
    "review": _review,
    "remove": _remove,
}
