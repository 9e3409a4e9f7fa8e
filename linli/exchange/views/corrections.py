"""Corrections: proposed from a card, listed with their clock, one with its answer, and how answers are measured."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange import states, tables
from linli.exchange.forms.papers import PapersForm
from linli.exchange.forms.sharing import CorrectForm, WordsForm
from linli.exchange.models import Correction
from linli.exchange.queries.corrections import answering, made_by_unit, to_answer
from linli.exchange.queries.datasets import late_at_desk
from linli.exchange.queries.peers import origin_of
from linli.exchange.queries.sharing import history_of
from linli.exchange.queries.sight import ANSWER, CORRECT, OVERSEE
from linli.exchange.views.sharing import county_of
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

PAGE = 25
MEASURED = timedelta(days=365)


@trust.staff(CORRECT)
def correct(request: HttpRequest, actor: accounts.Actor, entity_id: UUID, element: str) -> HttpResponse:
    """Propose another value for one element of a record."""
    now = kernel.now()
    brief = registry.look_at(entity_id=entity_id, by=actor, now=now)
    known = registry.elements_of(brief.kind).get(element)
    if known is None:
        raise Http404
    codes = [(one.code, one.label) for one in kernel.code_entries(known.table)] if known.table else []
    form = CorrectForm(
        request.POST or None, request.FILES or None, element=known, codes=codes,
        initial={"seen_on": timezone.localdate(now)},
    )  # fmt: skip
    if form.is_valid():
        try:
            row = exchange.propose_correction(
                finding=exchange.Finding(entity_id=entity_id, element=element, **form.cleaned_data), by=actor, now=now
            )
        except exchange.TermsRefusedError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        except exchange.RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Proposed; it shows here as unconfirmed until the owner answers."))
            return redirect("exchange:correction", correction_id=row.pk)
    context = {
        **accounts.desk_shell(actor, "corrections"),
        "brief": brief,
        "element": known,
        "form": form,
        "owner": _answerer(entity_id, known, brief.community_id or actor.holdings[0].division_id),
        "back": reverse("desk:base-card", args=[entity_id]),
    }
    return render(request, "exchange/correct.html", context, status=422 if form.errors else 200)


@trust.staff(CORRECT, ANSWER, OVERSEE)
def corrections(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List corrections: to answer, of the own unit, or all of the area."""
    now, offered = kernel.now(), _offered(actor)
    tab, tabs = tables.queue_of(offered, request.GET.get("tab", ""))
    rows = offered[tab][1].select_related("unit", "owner_unit", "peer")
    page = kernel.keyset_page(rows, order=("-id",), cursor=request.GET.get("cursor"), size=PAGE)
    context = {
        **accounts.desk_shell(actor, "corrections"),
        "page": page,
        "rows": [_line(row, now) for row in page.items],
        "tab": tab,
        "tabs": tabs,
        "late_sets": late_at_desk(actor, now),
    }  # fmt: skip
    return render(request, "exchange/corrections.html", context)


@trust.staff(CORRECT, ANSWER, OVERSEE)
def correction(request: HttpRequest, actor: accounts.Actor, correction_id: UUID) -> HttpResponse:
    """Show one correction: what was said, how one knows, what the base holds; answer it or take it back."""
    row, now = _one(actor, correction_id), kernel.now()
    answers, makes = trust.may(actor, ANSWER, row) and not row.is_away, trust.may(actor, CORRECT, row)
    is_open = row.state == states.PROPOSED
    element = registry.elements_of(row.kind).get(row.element)
    shows = answers or makes
    context = {
        **accounts.desk_shell(actor, "corrections"),
        "row": row,
        "element": element,
        "label": element.label if element else row.element,
        "state": tables.state_of(row),
        "left": tables.left(row, now),
        "value": _value(row) if shows else "",
        "evidence": row.evidence.reveal() if shows else "",
        "known": _known(row, actor) if answers and is_open else [],
        "timeline": tables.timeline_of(history_of(row.pk)),
        "papers": row.papers.order_by("id") if shows else [],
        "paper_form": PapersForm() if makes and is_open else None,
        "may_answer": answers and is_open and row.made_by_id != actor.person_id,
        "may_take_back": makes and is_open,
        "back": reverse("exchange:corrections"),
    }
    return render(request, "exchange/correction.html", context)


@require_POST
@trust.staff(CORRECT, ANSWER)
def answer(request: HttpRequest, actor: accounts.Actor, correction_id: UUID) -> HttpResponse:
    """Confirm, refuse, or take back."""
    row, form = _one(actor, correction_id), WordsForm(request.POST)
    done: dict[str, Any] = {"correction_id": row.pk, "by": actor, "now": kernel.now()}
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        if (step := request.POST.get("step")) == "confirm":
            exchange.confirm_correction(**done, words=words)
            messages.success(request, _("Confirmed; the base believes it from now on."))
        elif step == "refuse":
            exchange.refuse_correction(**done, words=words)
            messages.success(request, _("Not accepted; the other side reads why."))
        else:
            exchange.take_back_correction(**done, words=words)
            asked = _("The other node is asked to take it back.")
            messages.success(request, asked if row.is_away else _("Taken back."))
    except exchange.RefusedError as refused:
        messages.error(request, str(refused))
    return redirect("exchange:correction", correction_id=row.pk)


@trust.staff(CORRECT, ANSWER, OVERSEE)
def measures(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show days to answer, how often the grassroots was right, and how old what is known is."""
    now = kernel.now()
    found = answering(actor, since=now - MEASURED)
    counties = sorted({county_of(held.division_id) for held in actor.holdings})
    ages = registry.ages_of(kind="person", county_ids=counties, now=now)
    known = registry.elements_of("person")
    context = {
        **accounts.desk_shell(actor, "corrections"),
        "owners": [accounts.unit(one.unit_id).name for one in found],
        "series": [
            {"name": _("Median"), "values": [_days(one.median_days) for one in found]},
            {"name": _("90 % within"), "values": [_days(one.p90_days) for one in found], "tone": "amber"},
        ],
        "rows": [_answering(one) for one in found],
        "columns": [{"label": _("Owner"), "figure": False}, *({"label": label, "figure": True} for label in (
            _("Proposed"), _("Not answered yet"), _("Confirmed"), _("Not accepted"), _("Silent"), _("Right"),
            _("Days, median"), _("Days, 90 %")))],
        "ages": [[known[one.element].label, one.source, one.count, round(one.median_days)] for one in ages
                 if one.element in known],
        "age_columns": [{"label": _("Data element"), "figure": False}, {"label": _("Source"), "figure": False},
                        {"label": _("Values"), "figure": True}, {"label": _("Age in days, median"), "figure": True}],
        "back": reverse("exchange:corrections"),
    }  # fmt: skip
    return render(request, "exchange/correction_measures.html", context)


def _offered(actor: accounts.Actor) -> dict[str, tuple[str, Any]]:
    found: dict[str, tuple[str, Any]] = {}
    if actor.can(ANSWER):
        found["answer"] = (_("To answer"), to_answer(actor).filter(state=states.PROPOSED))
    if actor.can(CORRECT):
        found["mine"] = (_("Of my unit"), made_by_unit(actor))
    found["all"] = (_("All"), exchange.corrections_seen_by(actor))
    return found


def _line(row: Correction, now: Any) -> dict[str, Any]:
    return {
        "it": row,
        "label": tables.labels(row.kind, [row.element])[0],
        "kind": registry.KINDS[row.kind].label,
        "left": tables.left(row, now),
        "state": tables.state_of(row),
        "url": reverse("exchange:correction", args=[row.pk]),
    }


def _one(actor: accounts.Actor, correction_id: UUID) -> Correction:
    rows = exchange.corrections_seen_by(actor).select_related("unit", "owner_unit", "community", "made_by", "peer")
    row = rows.filter(pk=correction_id).first()
    if row is None:
        raise Http404
    return row


def _answerer(entity_id: UUID, element: registry.ElementInfo, division_id: int) -> str:
    """Return who will owe the answer: the node that told the value, else the owner here."""
    origin = origin_of(entity_id, element.code)
    if origin is not None:
        return f"{origin.peer} · {element.owner}"
    return exchange.owner_unit(element.owner, division_id=division_id, now=kernel.now()).name


def _value(row: Correction) -> str:
    return registry.in_words(kind=row.kind, code=row.element, value=json.loads(row.value.reveal()))


def _known(row: Correction, actor: accounts.Actor) -> list[tuple[str, str]]:
    """Return by what the owner finds the record in its own files, and what the base holds; the look is recorded."""
    elements = registry.elements_of(row.kind)
    wanted = [code for code, one in elements.items() if one.identifies or code == registry.KINDS[row.kind].title]
    wanted = list(dict.fromkeys([*wanted, row.element]))
    reach = registry.Reach(
        kind=row.kind, elements=tuple(wanted), division_id=county_of(row.community_id), where={},
        lifted=frozenset(wanted),
    )  # fmt: skip
    errand = registry.Errand(by=actor, purpose="verify", case=row.number, action="exchange.answer")
    given = registry.release_known(reach=reach, entity_id=row.entity_id, errand=errand, now=kernel.now())
    return [(elements[code].label, given.values[code]) for code in wanted if code in given.values] if given else []


def _answering(one: Any) -> list[Any]:
    share = "–" if one.accuracy is None else f"{one.accuracy * 100:.0f}%"
    figures = [one.made, one.waiting, one.confirmed, one.refused, one.stood]
    return [accounts.unit(one.unit_id).name, *figures, share, *(
        "–" if days is None else f"{days:.1f}" for days in (one.median_days, one.p90_days))]  # fmt: skip


def _days(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
