"""The lists that a community keeps 台账: rented houses, residents from elsewhere, dogs; what is due stands first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.site.views.shell import desk
from linli.site.views.tagged import passing

SEE, KEEP = "registry.see", "registry.keep"
TONES = {"late": "red", "soon": "amber", "closed": "", "": ""}


@desk(SEE)
def registers(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show one list, narrowed to what is late, due soon, kept or closed; the filter stands in the address."""
    register, due = _asked(request)
    now = kernel.now()
    try:
        page = registry.look_through_list(
            register=register, due=due, by=actor, now=now, cursor=request.GET.get("cursor") or None
        )
    except kernel.CursorError as error:
        messages.error(request, str(error))
        return redirect(_address(register, due))
    kept = registry.REGISTERS[register]
    context = {
        **accounts.desk_shell(actor, "lists"), "page": page, "rows": [_row(line) for line in page.items], "due": due,
        "register": kept, "tabs": _tabs(register), "dues": _dues(register, due, actor, now),
        "may_keep": actor.can(KEEP), "may_export": actor.can("registry.export"),
        "purposes": registry.purposes_of(actor, now=kernel.now(), capability="registry.export"),
        "passing": passing(actor, now), "may_tag": actor.can("registry.tags"),
        "query": urlencode({"tab": kept.kind, "list": register}), "kind": registry.KINDS[kept.kind],
    }  # fmt: skip
    return render(request, "site/desk/lists.html", context)


@require_POST
@desk(KEEP)
def step(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Register, renew or close; whom it is about is posted and never stands in the address."""
    register, said = request.POST.get("register", ""), request.POST
    if register not in registry.REGISTERS:
        register = next(iter(registry.REGISTERS))
    try:
        registry.take_step(
            register=register, entity_id=UUID(said.get("entity", "")), step=said.get("step", ""),
            words=said.get("words", ""), by=actor, now=kernel.now(),
        )  # fmt: skip
    except (registry.ListingRefusedError, ValueError) as refused:
        words = str(refused) if isinstance(refused, registry.ListingRefusedError) else _("This record is not known.")
        messages.error(request, words)
    else:
        messages.success(request, _("Written down; the next day it is due has moved with it."))
    return redirect(_address(register, said.get("due", "")))


def _asked(request: HttpRequest) -> tuple[str, str]:
    register, due = request.GET.get("list", ""), request.GET.get("due", "")
    return (
        register if register in registry.REGISTERS else next(iter(registry.REGISTERS)),
        due if due in registry.DUES else "kept",
    )


def _address(register: str, due: str) -> str:
    return f"{reverse('desk:lists')}?{urlencode({'list': register, 'due': due if due in registry.DUES else 'kept'})}"


def _tabs(current: str) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "url": _address(code, "kept"), "current": code == current}
        for code, one in registry.REGISTERS.items()
    ]


def _dues(register: str, current: str, actor: accounts.Actor, now: Any) -> list[dict[str, Any]]:
    counts = registry.counts_of(register=register, viewer=actor, today=timezone.localdate(now))
    words = {
        "kept": _("All kept"), "late": _("Past due"), "soon": _("Due soon"), "closed": pgettext("list", "Closed"),
    }  # fmt: skip
    return [
        {"label": f"{label} {counts[code]}" if code in counts else label, "url": _address(register, code),
         "current": code == current}
        for code, label in words.items()
    ]  # fmt: skip


def _row(line: registry.ListLine) -> dict[str, Any]:
    words = {"late": _("overdue"), "soon": _("due soon"), "closed": pgettext("listing", "closed"), "": ""}
    area = regions.division(line.brief.community_id).name if line.brief.community_id else ""
    said = {"register": _("registered"), "renew": _("renewed"), "close": pgettext("listing", "closed")}
    steps = [{"step": said[one], "on": on, "by": by, "words": told} for one, on, by, told in line.steps]
    return {"it": line, "area": area, "due": words[line.due], "tone": TONES[line.due], "steps": steps}
