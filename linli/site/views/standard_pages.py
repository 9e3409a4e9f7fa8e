"""What one version says: its matters with their class tree, one matter, what changed, what is wrong, its rules."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.standards import ManualForm, MatterForm, RuleForm
from linli.site.rules.classes import class_tree
from linli.site.rules.manual_words import MATTER_LABELS
from linli.site.rules.standards import change_words
from linli.site.views.shell import desk
from linli.site.views.standards import MAY, frame, version_of

NEW, LAST, MOST_ROWS = "new", 200, 300


@desk(MAY)
def matters(request: HttpRequest, actor: accounts.Actor, version: int) -> HttpResponse:
    """List the matters of a version, narrowed by class or words."""
    listed = version_of(version)
    rows = list(events.items_of(listed).values("code", "name", "class_path", "lead", "grade", "keywords", "duty_kind"))
    names = events.role_namer()
    path, words = [one for one in request.GET.getlist("class") if one], request.GET.get("q", "").strip()[:60]
    found = [row for row in rows if row["class_path"][: len(path)] == path and _holds(row, words)]
    context = {
        **frame(actor, listed, "matters", kernel.now()),
        "tree": class_tree([row["class_path"] for row in rows], path),
        "path": path,
        "words": words,
        "matters": [{**row, "unit": names(row["lead"])} for row in found[:MOST_ROWS]],
        "count": len(found),
        "all": len(rows),
    }
    return render(request, "site/standards/matters.html", context)


@desk(MAY)
def matter(request: HttpRequest, actor: accounts.Actor, version: int, matter_code: str) -> HttpResponse:
    """Show one matter; in a draft it can be changed or taken out."""
    listed = version_of(version)
    found = events.items_of(listed).filter(code=matter_code).first()
    if found is None and (matter_code != NEW or not listed.is_draft):
        raise Http404
    form = MatterForm(request.POST or None, initial=events.matter_cells_of(found))
    if request.method == "POST" and (answer := _saved_matter(request, actor, listed, matter_code, form)):
        return answer
    cells = [(MATTER_LABELS[name], cell) for name, cell in events.matter_cells_of(found).items() if cell]
    context = {
        **frame(actor, listed, "matters", kernel.now()),
        "matter": found,
        "form": form,
        "cells": [*cells, *(found.more.items() if found else ())],
        "units": events.unit_names(),
    }
    return render(request, "site/standards/matter.html", context, status=422 if form.errors else 200)


@desk(MAY)
def rules(request: HttpRequest, actor: accounts.Actor, version: int) -> HttpResponse:
    """Show the dispatch rules in their order, and what the version would do otherwise with the last events."""
    listed, now = version_of(version), kernel.now()
    chosen = events.DispatchRule.objects.filter(duty_list=listed, name=request.GET.get("rule", "")).first()
    initial = {**events.rule_cells(chosen), "place": chosen.place} if chosen else {}
    form = RuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and (answer := _saved_rule(request, actor, listed, form)):
        return answer
    last = request.GET.get("last", "")
    asked = min(int(last), 2000) if last.isdecimal() and len(last) < 6 else 0  # noqa: PLR2004  no longer number is meant
    context = {
        **frame(actor, listed, "rules", now),
        "form": form,
        "changing": chosen,
        "rules": [(rule, _asked_for(rule)) for rule in events.DispatchRule.objects.filter(duty_list=listed)],
        "trial": events.dry_run(duty_list=listed, actor=actor, now=now, last=asked) if asked else None,
        "last": asked or LAST,
        "units": events.unit_names(),
    }
    return render(request, "site/standards/rules.html", context, status=422 if form.errors else 200)


@desk(MAY)
def changes(request: HttpRequest, actor: accounts.Actor, version: int) -> HttpResponse:
    """Show what a version says otherwise than the one it was made from."""
    listed = version_of(version)
    found, names = events.differences(listed.base, listed) if listed.base else [], events.role_namer()
    context = {
        **frame(actor, listed, "changes", kernel.now()),
        "changes": [change_words(one, names) for one in found[:MOST_ROWS]],
        "count": len(found),
    }
    return render(request, "site/standards/changes.html", context)


@desk(MAY)
def check(request: HttpRequest, actor: accounts.Actor, version: int) -> HttpResponse:
    """Show what stands against a version: problems, cells that nobody owns, rows that could not be read."""
    listed = version_of(version)
    form = ManualForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (answer := _mended(request, actor, listed, form)):
        return answer
    names = events.role_namer()
    context = {
        **frame(actor, listed, "check", kernel.now()),
        "form": form,
        "problems": [str(one) for one in events.version_problems(listed)],
        "holes": [(one, names(one.role)) for one in events.holes(listed)],
        "history": listed.enforcements.order_by("-id"),
    }
    return render(request, "site/standards/check.html", context, status=422 if form.errors else 200)


@require_POST
@desk(MAY)
def remove_rule(request: HttpRequest, actor: accounts.Actor, version: int) -> HttpResponse:
    """Take a rule out of a draft."""
    try:
        events.remove_rule(duty_list=version_of(version), name=request.POST.get("name", ""), by=actor, now=kernel.now())
    except events.NotADraftError as refused:
        messages.error(request, str(refused))
    return redirect("standards:rules", version)


def _saved_matter(
    request: HttpRequest, actor: accounts.Actor, listed: events.DutyList, code: str, form: MatterForm
) -> HttpResponse | None:
    now = kernel.now()
    try:
        if request.POST.get("remove"):
            events.remove_matter(duty_list=listed, code=code, by=actor, now=now)
            messages.success(request, _("The matter is taken out of the draft."))
            return redirect("standards:matters", listed.number)
        if form.is_valid():
            saved = events.enter_matter(duty_list=listed, cells=form.cells(), by=actor, now=now)
            messages.success(request, _("The matter is saved in the draft."))
            return redirect("standards:matter", listed.number, saved.code)
    except events.CellsRefusedError as refused:
        form.mark(refused)
    except events.RefusedError as refused:
        form.add_error(None, str(refused))
    return None


def _saved_rule(
    request: HttpRequest, actor: accounts.Actor, listed: events.DutyList, form: RuleForm
) -> HttpResponse | None:
    try:
        if form.is_valid():
            place = form.cleaned_data["place"]
            events.enter_rule(duty_list=listed, cells=form.cells(), by=actor, now=kernel.now(), place=place)
            messages.success(request, _("The rule is saved in the draft; try it on the last events."))
            return redirect("standards:rules", listed.number)
    except events.CellsRefusedError as refused:
        form.mark(refused)
    except events.RefusedError as refused:
        form.add_error(None, str(refused))
    return None


def _mended(
    request: HttpRequest, actor: accounts.Actor, listed: events.DutyList, form: ManualForm
) -> HttpResponse | None:
    try:
        content = form.cleaned_data["file"].read()
        events.mend_from_file(duty_list=listed, content=content, by=actor, now=kernel.now())
    except (events.FileRefusedError, events.NotADraftError) as refused:
        form.add_error("file", str(refused))
        return None
    messages.success(request, _("The mended rows are in the draft."))
    return redirect("standards:check", listed.number)


def _asked_for(rule: events.DispatchRule) -> dict[str, Any]:
    """Return what a rule asks for as label and value, and where it goes."""
    cells = events.rule_cells(rule)
    labels = RuleForm.labels
    asks = [(labels[name], cell) for name, cell in cells.items() if cell and name not in {"name", "target", "note"}]
    return {"asks": asks, "target": cells["target"]}


def _holds(row: Mapping[str, Any], words: str) -> bool:
    return not words or any(words in text for text in (row["code"], row["name"], *row["class_path"], *row["keywords"]))
