"""The console of policies: how events rise, are objected to and pause, what messages say; versions, drafts, back."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.policies import PolicyForm, SinceForm, TextsForm, form_for
from linli.site.rules.policies import TEXTS, lines_of
from linli.site.rules.versions import holding, standings
from linli.site.views.shell import desk

MANAGE = "events.rules"


@desk(MANAGE)
def policies(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show each kind of policy with its versions, and a form to change its numbers or texts."""
    return _page(request, actor)


@require_POST
@desk(MANAGE)
def change_policy(request: HttpRequest, actor: accounts.Actor, kind: str) -> HttpResponse:
    """Keep a draft with other numbers or texts, or only show how the texts would read."""
    now = kernel.now()
    held = events.policies_at(now)
    if kind not in held:
        raise Http404
    form = form_for(kind, held[kind], request.POST)
    if not form.is_valid():
        return _page(request, actor, {kind: form}, status=422)
    if "look" in request.POST:
        return _page(request, actor, {kind: form})
    try:
        events.draft_policy(
            kind=kind, content=form.content(held[kind]), by=actor, now=now, words=form.cleaned_data["words"]
        )
    except events.RefusedError as refused:
        form.add_error(None, str(refused))
        return _page(request, actor, {kind: form}, status=422)
    messages.success(request, _("The draft is kept. Look at it, then put it in force."))
    return redirect("desk:policies")


@require_POST
@desk(MANAGE)
def decide_policy(request: HttpRequest, actor: accounts.Actor, version_id: int) -> HttpResponse:
    """Put a draft in force from a day on, or let an older version hold again."""
    version = next((one for one in _versions() if one.pk == version_id), None)
    if version is None:
        raise Http404
    now, form = kernel.now(), SinceForm(request.POST)
    day = form.cleaned_data["since"] if form.is_valid() else None
    since = max(now, timezone.make_aware(datetime.combine(day, time()))) if day else now
    try:
        if version.in_force_from is None:
            events.put_policy_in_force(policy_id=version.pk, since=since, by=actor, now=now)
        else:
            events.roll_back_policy(policy_id=version.pk, by=actor, now=now)
    except events.RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _holds(version.kind))
    return redirect("desk:policies")


def _holds(kind: str) -> str:
    if kind == TEXTS:
        return _("It holds for messages written from then on; those that wait already keep their words.")
    return _("It holds for what is reported from then on; running events keep theirs.")


def _page(
    request: HttpRequest,
    actor: accounts.Actor,
    bound: dict[str, PolicyForm | TextsForm] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    now, known = kernel.now(), _versions()
    kinds = [
        {
            "kind": kind,
            "label": events.Policy.Kind(kind).label,
            "versions": _standing([one for one in known if one.kind == kind], now),
            "form": (bound or {}).get(kind) or form_for(kind, content),
            "open": kind in (bound or {}),
            "is_texts": kind == TEXTS,
        }
        for kind, content in events.policies_at(now).items()
    ]
    context = {**accounts.desk_shell(actor, "policies"), "kinds": kinds, "since": SinceForm()}
    return render(request, "site/desk/policies.html", context, status=status)


def _versions() -> list[events.Policy]:
    """Return the versions of every kind, the newest of each first."""
    return [one for kind in events.Policy.Kind.values for one in events.policy_versions(kind)]


def _standing(versions: Sequence[events.Policy], now: datetime) -> list[dict[str, Any]]:
    """Return the versions, the newest first, each with how it stands, what it says, and what it would change."""
    held = holding(versions, now)
    before = {one.path: one.value for one in lines_of(held.kind, held.content)} if held else {}
    return [
        {
            **vars(one),
            "lines": [
                (line, before.get(line.path, line.value)) for line in lines_of(one.version.kind, one.version.content)
            ],
            "tried": _tried(one.version, now),
        }
        for one in standings(versions, now)
    ]


def _tried(version: events.Policy, now: datetime) -> Any:
    """Return what a draft of the way up would do to the events that rise next."""
    is_ladder = version.kind == events.Policy.Kind.ESCALATION and version.in_force_from is None
    return events.try_ladder(version.content, now=now) if is_ladder else None
