"""The base at the desk: people and houses of the area as a list, one card for a purpose, and what lies around it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.site.forms.base import OpenForm
from linli.site.forms.deletions import ProposeForm
from linli.site.rules.numbers import LONGEST, is_number
from linli.site.rules.pictures import picture_of
from linli.site.views.exports import taken_out
from linli.site.views.shell import desk
from linli.trust import api as trust

SEE, DELETE = "registry.see", "registry.delete"
SOMEBODY = UUID(int=0)  # stands for a record in an address
LISTED = ("person", "house", "household", "organisation", "building", "place", "thing")
LAST = "registry.last_choice"  # what a card was opened for last, in this session
FRESHNESS = {"fresh": "", "ageing": "amber", "stale": "red"}


@desk(SEE)
def base(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List one kind of record of the area, narrowed by words; names of people stand behind their mask.

    Words live in the address; an id number or telephone that was typed does not, it would stay in histories and logs.
    """
    wanted, now = _wanted(request.POST if request.method == "POST" else request.GET), kernel.now()
    if request.method == "POST" and not is_number(wanted.words):
        return redirect(_address(wanted))
    context = {**accounts.desk_shell(actor, "base"), "wanted": wanted, "kind": registry.KINDS[wanted.kind]}
    try:
        page = registry.look_through(wanted=wanted, by=actor, now=now, cursor=request.GET.get("cursor") or None)
    except kernel.CursorError as error:
        messages.error(request, str(error))
        return redirect(_address(wanted))
    since, lead = registry.proposed_since([brief.id for brief in page.items], actor), _leading("desk:base-card")
    context |= {
        "page": page,
        "rows": [_row(brief, since, lead) for brief in page.items],
        "tabs": _tabs(wanted),
        "has_more": bool(page.next_cursor or page.previous_cursor),
        "may_export": actor.can("registry.export") and not is_number(wanted.words),
        "purposes": registry.purposes_of(actor, now=now, capability="registry.export"),
        "query": urlencode(_query(wanted)),
        "all_url": f"?tab={wanted.kind}",
        "tags": registry.tags_to_choose(actor, wanted.kind),
        "elements": registry.open_elements(wanted.kind),
        "narrowed": bool(wanted.words or wanted.elsewhere or wanted.tag_id or wanted.where[0] or wanted.register),
        "saved": _saved(actor),
        "kept": _query(wanted),
    }
    return render(request, "site/desk/base.html", context)


@desk(SEE)
def card(request: HttpRequest, actor: accounts.Actor, entity_id: UUID) -> HttpResponse:
    """Ask what a record is needed for; with a purpose show its card. Each look stands in the ledger."""
    now, lead = kernel.now(), _leading("desk:base-card")
    asked = request.POST if request.method == "POST" else None
    form = _open_form(request, entity_id, actor, now, with_cases=asked is None or bool(asked.get("case")))
    context = {**accounts.desk_shell(actor, "base"), "form": form, "back": reverse("desk:base")}
    context["may_confirm"] = actor.can(registry.CONFIRM)
    context["may_link"] = actor.can("registry.link")
    context["stones"] = _stones(entity_id) if actor.can(DELETE) else []
    looks = _looks(form, entity_id, actor, now) if asked is not None and form.is_valid() else {}
    found = _opened(form, looks) if looks else None
    if found is None:
        if asked is not None and not asked.get("case"):
            context["form"] = _again(form, _open_form(request, entity_id, actor, now))
        brief = registry.look_at(entity_id=entity_id, by=actor, now=now)
        context["is_close"] = brief.kind == "person" and trust.tie_to(actor, brief.kind, brief.id) == "family"
        context |= {
            "brief": brief,
            "kind": registry.KINDS[brief.kind],
            "row": _row(brief, {}, lead),
            **_deeds(brief, actor),
        }
        return render(request, "site/desk/base_card.html", context, status=422 if asked is not None else 200)
    said, (opened, graph) = form.cleaned_data, found
    _remember(request, {"purpose": said["purpose"], "case": said.get("case", "")})
    context |= {
        "card": opened,
        "brief": opened.brief,
        "kind": registry.KINDS[opened.brief.kind],
        "lines": [_line(line, opened.proposed) for line in opened.lines],
        "proposed_alone": _alone(opened),
        "may_correct": actor.can("exchange.correct"),
        "correct_at": reverse("exchange:correct", args=[opened.brief.id, "-"]).removesuffix("-"),
        "bonds": [_bond(bond, said["purpose"], lead) for bond in opened.bonds],
        "picture": picture_of(graph),
        "deleting": ProposeForm(kind=opened.brief.kind) if actor.can(DELETE) else None,
        "purpose_words": registry.purpose_words(said["purpose"]),
        "is_past": bool(said["on"] or said["known"]),
        **_deeds(opened.brief, actor),
    }
    return render(request, "site/desk/base_card.html", context)


def _open_form(
    request: HttpRequest, entity_id: UUID, actor: accounts.Actor, now: datetime, *, with_cases: bool = True
) -> OpenForm:
    """Ask what a record is needed for; open cases are looked for where one is chosen or may have to be."""
    offer = registry.offered(entity_id=entity_id, by=actor, now=now, with_cases=with_cases)
    asked = request.POST if request.method == "POST" else None
    return OpenForm(asked, offer=offer, initial=_remembered(request))


def _again(refused: OpenForm, form: OpenForm) -> OpenForm:
    """Return the form with its cases, and what was wrong with the one without them."""
    for name, faults in refused.errors.items():
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, list(faults))
    return form


def _looks(form: OpenForm, entity_id: UUID, actor: accounts.Actor, now: datetime) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "entity_id": entity_id, "by": actor, "purpose": said["purpose"], "now": now, "as_of": _as_of(said, now),
        "case": said.get("case", ""),
    }  # fmt: skip


def _opened(form: OpenForm, looks: Any) -> "tuple[registry.Card, registry.Graph] | None":
    """Return the card and what lies around it, in one commit; None where the register refuses, which the form says."""
    try:
        return registry.open_card_and_around(**looks, steps=int(form.cleaned_data["steps"]))
    except registry.PurposeMissingError as refused:
        form.add_error("case" if "case" in form.fields else "purpose", str(refused))
        return None


@require_POST
@desk("registry.export")
def export(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Hand out the list that the address describes, for a purpose; the ledger names everybody in it."""
    wanted, now = _wanted(request.GET), kernel.now()
    purpose = request.POST.get("purpose", "")
    try:
        return taken_out(lambda: registry.export_entities(wanted=wanted, by=actor, purpose=purpose, now=now))
    except registry.PurposeMissingError as refused:
        messages.error(request, str(refused))
        return redirect(_address(wanted))


def _remember(request: HttpRequest, said: dict[str, str]) -> None:
    """Keep what somebody chose for the next record; the same again writes nothing."""
    if request.session.get(LAST) != said:
        request.session[LAST] = said


def _remembered(request: HttpRequest) -> dict[str, Any]:
    """Return the last choice of this session; what the address says comes first."""
    last = request.session.get(LAST, {})
    purpose = request.GET.get("purpose", "") or last.get("purpose", "")
    return {"purpose": purpose, "case": last.get("case", ""), "steps": 2}


def _stones(entity_id: UUID) -> list[dict[str, Any]]:
    """Return what was deleted before under the same identifying number."""
    stones = registry.tombstones_at(entity_id)
    return [{"at": one.decided_at, "reason": registry.REASONS.get(one.reason, one.reason)} for one in stones]


def _wanted(get: QueryDict) -> registry.Wanted:
    """Read the filter from the address or the form. What it does not know it leaves out."""
    kind = tab if (tab := get.get("tab", "")) in LISTED else LISTED[0]
    return registry.Wanted(
        kind=kind, words=get.get("find", "").replace("\x00", "")[:LONGEST], elsewhere=bool(get.get("elsewhere")),
        register=named if (named := get.get("list", "")) in registry.REGISTERS else "", tag_id=_tag_id(get),
        where=(get.get("element", ""), get.get("value", "").replace("\x00", "")[:LONGEST]),
    )  # fmt: skip


def _tag_id(get: QueryDict) -> UUID | None:
    try:
        return UUID(get.get("tag", ""))
    except ValueError:
        return None


def _query(wanted: registry.Wanted) -> dict[str, str]:
    return {
        "tab": wanted.kind,
        **({"find": wanted.words} if wanted.words and not is_number(wanted.words) else {}),
        **({"elsewhere": "1"} if wanted.elsewhere else {}),
        **({"tag": str(wanted.tag_id)} if wanted.tag_id else {}),
        **({"element": wanted.where[0], "value": wanted.where[1]} if wanted.where[0] else {}),
        **({"list": wanted.register} if wanted.register else {}),
    }


def _saved(actor: accounts.Actor) -> list[dict[str, Any]]:
    """Return the lists that somebody saved, each with the grade that what narrows it has today."""
    rows = registry.saved_lists(actor)
    asked = [QueryDict(urlencode(one.wanted)) for one in rows]
    grades = registry.grades_of_lists([_wanted(get) for get in asked])
    return [
        {"it": one, "url": f"?{get.urlencode()}", "grade": trust.GRADE_WORDS[grade]}
        for one, get, grade in zip(rows, asked, grades, strict=True)
    ]


def _address(wanted: registry.Wanted) -> str:
    return f"{reverse('desk:base')}?{urlencode(_query(wanted))}"


def _tabs(wanted: registry.Wanted) -> list[dict[str, Any]]:
    page, words = reverse("desk:base"), _query(registry.Wanted(words=wanted.words))
    return [
        {"label": registry.KINDS[code].label, "url": f"{page}?{urlencode({**words, 'tab': code})}",
         "current": code == wanted.kind}
        for code in LISTED
    ]  # fmt: skip


def _leading(name: str) -> Callable[[UUID], str]:
    """Return what makes the address of a record: to look the same route up for each row costs more than the row."""
    pattern = reverse(name, args=[SOMEBODY])
    return lambda key: pattern.replace(str(SOMEBODY), str(key))


def _row(brief: registry.Brief, proposed: Mapping[UUID, datetime], lead: Callable[[UUID], str]) -> dict[str, Any]:
    area = regions.division(brief.community_id).name if brief.community_id else ""
    return {
        "it": brief,
        "area": area,
        "url": lead(brief.id),
        "unconfirmed": brief.id in proposed,
    }


def _deeds(brief: registry.Brief, actor: accounts.Actor) -> dict[str, Any]:
    """Return what may be done with a record: lists it can stand in, tags that people give."""
    registers = [one for one in registry.REGISTERS.values() if one.kind == brief.kind and actor.can("registry.keep")]
    tags = registry.tags_to_choose(actor, brief.kind, by_hand=True) if actor.can("registry.tags") else []
    return {"registers": registers, "hand_tags": tags}


def _line(line: registry.Line, proposed: Sequence[registry.Unconfirmed]) -> dict[str, Any]:
    words = {"fresh": _("fresh"), "ageing": _("ageing"), "stale": _("out of date")}
    return {
        "it": line,
        "fresh_words": words[line.freshness],
        "tone": FRESHNESS[line.freshness],
        "proposed": [one for one in proposed if one.element == line.code],
    }


def _alone(card: registry.Card) -> list[tuple[str, list[registry.Unconfirmed]]]:
    """Return what is proposed for elements of which nothing is known yet."""
    known = {line.code for line in card.lines}
    return [(one.label, [one]) for one in card.proposed if one.element not in known]


def _bond(bond: registry.Bonded, purpose: str, lead: Callable[[UUID], str]) -> dict[str, Any]:
    url = f"{lead(bond.other.id)}?{urlencode({'purpose': purpose})}" if bond.other else ""
    return {"it": bond, "url": url, "kind": registry.KINDS[bond.other.kind] if bond.other else None}


def _as_of(said: dict[str, Any], now: datetime) -> registry.AsOf:
    """Return the two clocks that were asked for; what was known on a day was known at its end."""
    known = said["known"]
    end = datetime.combine(known, time.max, timezone.get_current_timezone()) if known else None
    return registry.AsOf(on=said["on"], known_at=min(end, now) if end else None)
