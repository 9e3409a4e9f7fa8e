"""Tags at the desk 标签: which there are and how many bear them, define and retire one, give and take, save a list."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.site.forms.tagged import TaskTagForm
from linli.site.forms.tags import TagForm
from linli.site.views.shell import desk

SEE, TAGS = "registry.see", "registry.tags"
MOST, MOST_PARTS = 60, 200
ABOUT = {"standing": "", "task": _lazy("task"), "event": _lazy("event")}


@desk(TAGS)
def tags(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the tags of one kind of record with how many bear each in one's own area, and define one."""
    kind = tab if (tab := request.GET.get("tab", "")) in registry.KINDS else "person"
    form = TagForm(request.POST or None, kind=kind, areas=_areas(actor))
    if request.method == "POST" and form.is_valid():
        try:
            tag = registry.define_tag(draft=form.draft(), by=actor, now=kernel.now())
        except registry.TagRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("“%(name)s” is a tag now.") % {"name": tag.name})
            return redirect(f"{reverse('desk:tags')}?{urlencode({'tab': kind})}")
    context = {
        **accounts.desk_shell(actor, "tags"), "form": form, "kind": kind,
        "rows": [_row(tag, actor) for tag in registry.tags_seen_by(actor, kind)[:MOST]],
        "tabs": _tabs(reverse("desk:tags"), kind),
    }  # fmt: skip
    return render(request, "site/desk/tags.html", context, status=422 if form.is_bound else 200)


@desk(TAGS)
def task(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Make the tag of a task 专项任务: period, unit in the lead, purpose, and the areas in which it holds."""
    kind = tab if (tab := request.GET.get("tab", "")) in registry.KINDS else "house"
    held = next(iter(actor.holdings_with(TAGS)))
    form = TaskTagForm(request.POST or None, kind=kind, areas=_areas(actor), parts=_parts(actor), unit_id=held.unit_id)
    if request.method == "POST" and form.is_valid():
        draft = replace(form.draft(), about="task", **form.more())
        try:
            tag = registry.define_tag(draft=draft, by=actor, now=kernel.now())
        except registry.TagRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The list of the task is there; add records, or let its rule do it."))
            return redirect("desk:tagged", tag_id=tag.id)
    context = {**accounts.desk_shell(actor, "tags"), "form": form, "kind": kind,
               "tabs": _tabs(reverse("desk:tag-task"), kind)}  # fmt: skip
    return render(request, "site/desk/tag_task.html", context, status=422 if form.is_bound else 200)


@require_POST
@desk(TAGS)
def retire(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Take a tag out of use."""
    registry.retire_tag(tag_id=_id(request, "tag"), by=actor, now=kernel.now())
    messages.success(request, _("The tag is out of use; nobody bears it any more."))
    return redirect("desk:tags")


@require_POST
@desk(TAGS)
def mark(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Give a record a tag by hand, or take it away."""
    deed = registry.take_tag if request.POST.get("deed") == "take" else registry.give_tag
    entity = _id(request, "entity")
    try:
        deed(tag_id=_id(request, "tag"), entity_id=entity, by=actor, now=kernel.now())
    except registry.TagRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Written down."))
    return redirect("desk:base-card", entity_id=entity)


@require_POST
@desk(SEE)
def save(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Save how the list is narrowed under a name, or forget a list that was saved."""
    if request.POST.get("forget"):
        registry.forget_list(list_id=_id(request, "forget"), by=actor)
        return redirect("desk:base")
    wanted = {name: request.POST.get(name, "")[:60] for name in ("tab", "find", "elsewhere", "tag", "element", "value")}
    kept = {name: value for name, value in wanted.items() if value}
    if request.POST.get("name", "").strip():
        registry.save_list(name=request.POST["name"], wanted=kept, by=actor, now=kernel.now())
        messages.success(request, _("The list is saved; it stands above this page."))
    return redirect(f"{reverse('desk:base')}?{urlencode(kept)}")


def _row(tag: registry.Tag, actor: accounts.Actor) -> dict[str, Any]:
    wanted = registry.Wanted(kind=tag.kind, tag_id=tag.id)
    elements = registry.elements_of(tag.kind)
    parts = [
        f"{elements[code].label if code in elements else code} {registry.TAG_OPERATORS[operator][0]} {value}".strip()
        for code, operator, value in (tag.rule or {}).get("parts", ())
    ]
    return {
        "it": tag, "count": registry.count_of(viewer=actor, wanted=wanted), "rule": parts,
        "join": _("and") if (tag.rule or {}).get("join") != "or" else _("or"),
        "area": regions.division(tag.division_id).name, "owner": accounts.unit(tag.owner_id).name,
        "url": reverse("desk:tagged", args=[tag.id]), "about": ABOUT[tag.about],
    }  # fmt: skip


def _tabs(page: str, kind: str) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "url": f"{page}?tab={code}", "current": code == kind}
        for code, one in registry.KINDS.items()
    ]


def _parts(actor: accounts.Actor) -> list[tuple[int, str]]:
    """Return the communities in the areas of the posts that define tags, at most 200."""
    found = {one for held in actor.holdings_with(TAGS) for one in regions.descendants(held.division_id)}
    rows = [(one, regions.division(one)) for one in sorted(found)]
    return [(one, info.name) for one, info in rows if info.level == regions.Level.COMMUNITY][:MOST_PARTS]


def _areas(actor: accounts.Actor) -> list[tuple[int, str]]:
    """Return the areas of the posts that define tags."""
    found = {one.division_id for one in actor.holdings_with(TAGS)}
    return [(one, regions.division(one).name) for one in sorted(found)]


def _id(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return UUID(int=0)
