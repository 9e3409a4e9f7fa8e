"""Those who bear a tag, as a list to work through: of an event, of a task, or given by hand."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.site.rules.numbers import LONGEST, is_number
from linli.site.views.shell import desk
from linli.trust import api as trust

SEE, TAGS = "registry.see", "registry.tags"
DONE = {"open": False, "done": True}
MOST = 12


@desk(SEE)
def of_event(request: HttpRequest, actor: accounts.Actor, number: str) -> HttpResponse:
    """Show the lists that were made of those whom an event concerns: a panel beside the event, and a page."""
    event = events.events_seen_by(actor).filter(number=number).first()
    if event is None:
        raise Http404
    tags = registry.tags_on("event", str(event.id), viewer=actor)
    context = {"event": event, "rows": [row_of(tag, actor) for tag in tags],
               "may_make": event.is_open and actor.can(TAGS)}  # fmt: skip
    if request.headers.get("HX-Request"):
        return render(request, "site/desk/tagged_panel.html", context)
    return render(request, "site/desk/tagged_event.html", context | accounts.desk_shell(actor, "desk"))


@desk(SEE)
def tagged(request: HttpRequest, actor: accounts.Actor, tag_id: UUID) -> HttpResponse:
    """Show who bears a tag, narrowed to what is done or not, and find others to give it to.

    An id number that is searched for does not stand in the address.
    """
    tag, now = _tag(actor, tag_id), kernel.now()
    asked = request.POST if request.method == "POST" else request.GET
    wanted = _found(tag, asked)
    if request.method == "POST" and not is_number(wanted.words):
        return redirect(_address(tag, find=wanted.words, list=wanted.register))
    tab = tab if (tab := request.GET.get("tab", "")) in DONE else ""
    bearing = registry.Wanted(kind=tag.kind, tag_id=tag.id, done=DONE.get(tab))
    cursor = request.GET.get("cursor") or None
    try:
        page = registry.look_through_tagged(wanted=bearing, by=actor, now=now, cursor=cursor)
    except kernel.CursorError as error:
        messages.error(request, str(error))
        return redirect(_address(tag))
    may_give = actor.can(TAGS) and tag.rule is None and tag.ended_at is None
    context = {
        **accounts.desk_shell(actor, "lists"), "row": row_of(tag, actor), "page": page, "tab": tab,
        "lines": [_line(one.brief) | {"it": one} for one in page.items], "tabs": _tabs(tag, tab, actor),
        "may_give": may_give, "may_take": actor.can(TAGS) and tag.rule is None, "find": wanted,
        "passes": tag.about != "standing", "may_export": actor.can("registry.export"),
        "purposes": registry.purposes_of(actor, now=kernel.now(), capability="registry.export"),
        "query": urlencode({"tab": tag.kind, "tag": str(tag.id)}), "kind": registry.KINDS[tag.kind],
        "registers": [one for one in registry.REGISTERS.values() if one.kind == tag.kind],
        **(_search(wanted, actor, now) if may_give and (wanted.words or wanted.register) else {}),
    }  # fmt: skip
    return render(request, "site/desk/tagged.html", context)


@require_POST
@desk(TAGS)
def give(request: HttpRequest, actor: accounts.Actor, tag_id: UUID) -> HttpResponse:
    """Give the tag to those who are ticked, or to all that the search finds."""
    tag = _tag(actor, tag_id)
    told: dict[str, Any] = {"tag_id": tag_id, "by": actor, "now": kernel.now()}
    try:
        if request.POST.get("all"):
            count = registry.give_tag_to_found(wanted=_found(tag, request.POST), **told)
        else:
            count = registry.give_tag_to(entity_ids=_ids(request.POST.getlist("entity")), **told)
    except registry.TagRefusedError:
        messages.error(request, _("Nobody was added: tick somebody in the areas of the list, or narrow the search."))
    else:
        words = ngettext("%(n)s record was added.", "%(n)s records were added.", count)
        messages.success(request, words % {"n": count})
    return redirect(_address(tag))


@require_POST
@desk(SEE)
def tick(request: HttpRequest, actor: accounts.Actor, tag_id: UUID) -> HttpResponse:
    """Write down that it is done with one who bears the tag, take that back, or take the tag away."""
    tag, deed = _tag(actor, tag_id), request.POST.get("deed", "")
    told: dict[str, Any] = {"tag_id": tag_id, "by": actor, "now": kernel.now()}
    try:
        for entity_id in _ids([request.POST.get("entity", "")]):
            if deed == "take":
                registry.take_tag(entity_id=entity_id, **told)
            else:
                registry.tick(entity_id=entity_id, done=deed == "done", **told)
    except registry.TagRefusedError:
        messages.error(request, _("This record does not bear the tag any more."))
    tab = request.POST.get("tab", "")
    return redirect(_address(tag, tab=tab if tab in DONE else "") + f"#l{request.POST.get('entity', '')[:36]}")


def passing(actor: accounts.Actor, now: datetime) -> list[dict[str, Any]]:
    """Return the lists of tasks and events that go on now in the area of somebody, each with how far it is."""
    return [row_of(tag, actor) for tag in registry.passing_tags(actor, timezone.localdate(now))[:MOST]]


def row_of(tag: registry.Tag, actor: accounts.Actor) -> dict[str, Any]:
    """Return a tag with how many bear it in sight, with how many it is done, and what it hangs on."""
    wanted = registry.Wanted(kind=tag.kind, tag_id=tag.id)
    names = [regions.division(one).name for one in tag.areas or [tag.division_id]]
    return {
        "it": tag, "kind": registry.KINDS[tag.kind], "owner": accounts.unit(tag.owner_id).name,
        "count": registry.count_of(viewer=actor, wanted=wanted),
        "done": registry.count_of(viewer=actor, wanted=replace(wanted, done=True)),
        "happening": registry.happening_of(tag, actor), "areas": pgettext("between names", ", ").join(names),
        "url": reverse("desk:tagged", args=[tag.id]),
    }  # fmt: skip


def _search(wanted: registry.Wanted, actor: accounts.Actor, now: datetime) -> dict[str, Any]:
    page = registry.look_through(wanted=wanted, by=actor, now=now)
    count = registry.count_of(viewer=actor, wanted=wanted)
    return {
        "searched": True, "found": [_line(brief) for brief in page.items], "found_count": count,
        "may_all": 0 < count <= registry.MOST_AT_ONCE and not is_number(wanted.words),
    }  # fmt: skip


def _line(brief: registry.Brief) -> dict[str, Any]:
    return {"brief": brief, "area": regions.division(brief.community_id).name if brief.community_id else ""}


def _tabs(tag: registry.Tag, current: str, actor: accounts.Actor) -> list[dict[str, Any]]:
    if tag.about == "standing":
        return []
    labels = {"": _("All"), "open": _("To do"), "done": pgettext("list", "Done")}
    return [
        {
            "label": label, "url": _address(tag, tab=code), "current": code == current,
            "count": registry.count_of(
                viewer=actor, wanted=registry.Wanted(kind=tag.kind, tag_id=tag.id, done=DONE.get(code))
            ),
        }
        for code, label in labels.items()
    ]  # fmt: skip


def _found(tag: registry.Tag, asked: QueryDict) -> registry.Wanted:
    """Read the search from the address or the form."""
    register = asked.get("list", "")
    return registry.Wanted(
        kind=tag.kind, words=asked.get("find", "").replace("\x00", "").strip()[:LONGEST],
        register=register if register in registry.REGISTERS else "",
    )  # fmt: skip


def _tag(actor: accounts.Actor, tag_id: UUID) -> registry.Tag:
    tag = registry.tags_seen_by(actor).filter(pk=tag_id).first()
    if tag is None:
        raise trust.Hidden(SEE)
    return tag


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _address(tag: registry.Tag, **query: str) -> str:
    kept = urlencode({name: value for name, value in query.items() if value})
    return reverse("desk:tagged", args=[tag.id]) + (f"?{kept}" if kept else "")
