"""Who looked at my data 谁看过我的信息: the page a resident reads, and the tap by which they ask about a look."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import wraps
from itertools import groupby
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.looks import AskForm, PeriodForm
from linli.site.views.wards import FOR, Whom, whom
from linli.trust import api as trust

P = ParamSpec("P")
OwnView = Callable[Concatenate[HttpRequest, accounts.Actor, P], HttpResponse]
EVENT, LENGTH_OF_ID = "event", 36


def own(view: OwnView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in residents who are signed in, ask others to sign in with their phone, keep no copy of the page."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = accounts.actor_of(request)
        if actor.kind != "resident":
            target = request.get_full_path() if request.method == "GET" else reverse("site:looks")
            return redirect(reverse("accounts_enter") + "?" + urlencode({"next": target}))
        return view(request, actor, *args, **kwargs)

    return never_cache(guarded)


@require_GET
@own
def looks(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List who looked at one's data, or at that of a ward, by day."""
    form, now = PeriodForm(request.GET), kernel.now()
    said = form.cleaned_data if form.is_valid() else {}
    about = whom(request, actor, now)
    found = trust.looks_at(
        about.of, now=now, since=said.get("since"), until=said.get("until"), before=said.get("before")
    )
    context = {
        "form": form, "days": _days(found.items, actor), "is_confirmed": bool(about.of.confirmed), "whom": about,
        "each_reviewed": bool(about.of.token) and trust.asks_for_reviews(about.of),
        "all_looks": reverse("site:looks") + about.tail,
        "older": _older(request, found.older), "is_narrowed": any(said.values()), "crumbs": crumbs(_("Who looked")),
    }  # fmt: skip
    return render(request, "site/resident/looks.html", context, status=200 if form.is_valid() else 422)


@require_POST
@own
def review_each(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Let each look at one's data, or at that of a ward, be reviewed; take that back."""
    now = kernel.now()
    about = whom(request, actor, now)
    try:
        if request.POST.get("deed") == "end":
            trust.unmark_oneself(by=actor, now=now, ward=about.ward)
        else:
            trust.mark_oneself(by=actor, now=now, ward=about.ward)
    except trust.MarkRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is written down and counts from now on."))
    return redirect(reverse("site:looks") + about.tail)


@require_POST
@own
def ask(request: HttpRequest, actor: accounts.Actor, entry_id: UUID) -> HttpResponse:
    """Turn a question or an objection about a look into an event, and lead to it."""
    about = whom(request, actor, kernel.now())
    look = trust.look_of(about.of, entry_id, now=kernel.now())
    form = AskForm(request.POST)
    if look is None or look.is_own or not form.is_valid():
        raise Http404
    kind, words = form.cleaned_data["kind"], form.cleaned_data["words"]
    receipt = events.ask_about_use(
        entry_id=entry_id, kind=kind, unit_id=look.unit_id, by_whom=look.by_ids, title=_title(kind, about),
        text=_text(look, kind, words, about), by=actor, now=kernel.now(), ward=about.ward,
    )  # fmt: skip
    if receipt.again:
        messages.info(request, _("You asked this already; here is how it goes."))
    else:
        due = kernel.when_text(receipt.handle_due, now=kernel.now(), zone=timezone.get_current_timezone())
        said = _("Asked. %(unit)s answers you by %(due)s; whoever looked does not work on it.")
        messages.success(request, said % {"unit": receipt.unit_name, "due": due})
    return redirect("site:case", number=receipt.number)


@require_GET
@own
def proof(request: HttpRequest, actor: accounts.Actor, entry_id: UUID) -> HttpResponse:
    """Hand out the proof that a look at one's data stands in the ledger, for the page and the script that check it."""
    look = trust.look_of(whom(request, actor, kernel.now()).of, entry_id, now=kernel.now())
    if look is None or not look.is_alone:
        raise Http404
    try:
        found = trust.prove_entry(entry_id=entry_id)
    except trust.NotSealedError:
        messages.info(request, _("This look waits for its seal; try again in a few seconds."))
        return redirect("site:looks")
    return JsonResponse(found, headers={"Content-Disposition": f'attachment; filename="proof-{entry_id}.json"'})


def crumbs(here: str) -> list[dict[str, str]]:
    """Return the way back from a page about one's data."""
    return [{"label": _("Home"), "url": reverse("site:home")}, {"label": _("My data"), "url": reverse("site:data")},
            {"label": here}]  # fmt: skip


def _days(items: Sequence[trust.Look], actor: accounts.Actor) -> list[dict[str, Any]]:
    asked = events.asked_about([look.id for look in items], actor=actor)
    own_events = {look.thing for look in items if look.kind == EVENT and len(look.thing) == LENGTH_OF_ID}
    numbers = events.numbers_of_own(own_events, actor=actor)
    return [
        {"day": day, "words": _day_words(day), "looks": [_row(look, asked, numbers) for look in group]}
        for day, group in groupby(items, key=lambda look: look.day)
    ]


def _row(
    look: trust.Look, asked: Mapping[UUID, Sequence[events.AskedUse]], numbers: Mapping[str, str]
) -> dict[str, Any]:
    questions = asked.get(look.id, ())
    return {
        "it": look,
        "when": _times(look),
        "data": trust.listed(look.data),
        "number": numbers.get(look.thing, ""),
        "asked": questions,
        "may_ask": not look.is_own and not questions,
    }


def _times(look: trust.Look) -> str:
    first, last = (f"{timezone.localtime(at):%H:%M}" for at in (look.first, look.last))
    return first if first == last else f"{first}–{last}"


def _day_words(day: date) -> str:
    today = timezone.localdate(kernel.now())
    if day == today:
        return _("Today")
    if (today - day).days == 1:
        return _("Yesterday")
    return (_("{d.day} {d:%B}") if day.year == today.year else _("{d.day} {d:%B} {d.year}")).format(d=day)


def _older(request: HttpRequest, before: UUID | None) -> str:
    if before is None:
        return ""
    kept = {key: request.GET[key] for key in (FOR, "since", "until") if request.GET.get(key)}
    return "?" + urlencode({**kept, "before": str(before)})


def _title(kind: str, about: Whom) -> str:
    if about.ward:
        return (_("Why was the data of my ward looked at") if kind == "question"
                else _("I object to a look at the data of my ward"))  # fmt: skip
    return _("Why was my data looked at") if kind == "question" else _("I object to a look at my data")


def _text(look: trust.Look, kind: str, words: str, about: Whom) -> str:
    said = {"day": f"{look.day:%Y-%m-%d}", "when": _times(look), "who": look.who, "why": look.why, "times": look.times}
    own = _("On %(day)s, %(when)s, my data was looked at: %(who)s, for %(why)s, %(times)s times.")
    ward = _("On %(day)s, %(when)s, the data of my ward was looked at: %(who)s, for %(why)s, %(times)s times.")
    told = (ward if about.ward else own) % said
    if look.data:
        told += _(" What was seen: %(data)s.") % {"data": trust.listed(look.data)}
    wish = _("I would like to know why.") if kind == "question" else _("I do not agree with it. Please look into it.")
    return "\n".join(part for part in (told, wish, words.strip()) if part)
