"""The console of plans in stages and of the rules for duplicates: versions, what differs, in force, back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.rules.plans import rule_words, stage_words
from linli.site.rules.versions import holding, standings
from linli.site.views.shell import desk

MANAGE = "events.standards"


@desk(MANAGE)
def plans(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show every plan with its versions, and the versions of the rules."""
    now = kernel.now()
    books, rules = events.playbook_versions(), events.group_policies()
    context = {
        **accounts.desk_shell(actor, "plans"),
        "plans": _by_code(books, now),
        "rules": _standing(rules, now, lambda one: one.rules),
        "now": now,
    }
    _say(context)
    return render(request, "site/desk/plans.html", context)


@require_POST
@desk(MANAGE)
def decide_plan(request: HttpRequest, actor: accounts.Actor, version_id: int) -> HttpResponse:
    """Put a draft of a plan in force, or an older version in force again."""
    return _decide(request, actor, events.playbook_versions(), version_id)


@require_POST
@desk(MANAGE)
def decide_rules(request: HttpRequest, actor: accounts.Actor, version_id: int) -> HttpResponse:
    """Put a draft of the rules in force, or an older version in force again."""
    return _decide(request, actor, events.group_policies(), version_id)


def _say(context: dict[str, Any]) -> None:
    """Add the words for stages, matters and rules to every version."""
    unit_name, matters = events.role_namer(), {one.code: one.name for one in events.matters_in_force()}
    for row in [version for plan in context["plans"] for version in plan["versions"]]:
        row["stages"] = [stage_words(stage, unit_name) for stage in row["version"].stages]
        row["matters"] = [f"{code} {matters.get(code, '')}".strip() for code in row["version"].matter_codes]
    for row in context["rules"]:
        rules = row["version"].rules.items()
        row["rules"] = [(f"{code} {matters.get(code, '')}".strip(), rule_words(rule)) for code, rule in rules]


def _decide(request: HttpRequest, actor: accounts.Actor, known: Sequence[Any], version_id: int) -> HttpResponse:
    version = next((one for one in known if one.pk == version_id), None)
    if version is None:
        raise Http404
    events.decide_version(version=version, by=actor, now=kernel.now())
    messages.success(request, _("This version is in force now; events that began before keep theirs."))
    return redirect("desk:plans")


def _by_code(books: Sequence[Any], now: datetime) -> list[dict[str, Any]]:
    codes = dict.fromkeys(book.code for book in books)
    return [
        {
            "code": code,
            "name": mine[0].name,
            "versions": _standing(mine, now, lambda one: (one.name, one.matter_codes, one.stages)),
        }
        for code in codes
        if (mine := [book for book in books if book.code == code])
    ]


def _standing(rows: Sequence[Any], now: datetime, content: Any) -> list[dict[str, Any]]:
    """Return versions, the newest first: how each stands, and whether it says the same as the one in force."""
    held = holding(rows, now)
    return [
        {**vars(one), "differs": held is not None and content(one.version) != content(held)}
        for one in standings(rows, now)
    ]
