"""Proofs for everybody 存证验证: the page that checks one in the browser, the newest head, the proof of an entry."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.forms.ledger import WordsForm
from linli.trust.models import HeadProblem, LedgerEntry
from linli.trust.plugins import AUDIT


@require_GET
def check_page(request: HttpRequest) -> HttpResponse:
    """Show the page on which anybody checks a proof; the files stay in the browser."""
    return render(request, "trust/proof.html")


@never_cache
@require_GET
def head(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Hand out the newest signed head, to be kept and compared by whoever wants to."""
    note = trust.newest_note()
    if not note:
        raise Http404(_("The ledger has no signed head yet."))
    return HttpResponse(
        note, "text/plain; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="ledger-head.txt"'}
    )


@never_cache
@require_GET
@trust.needs(AUDIT)
def entry_proof(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Hand out the proof of one entry to who audits it. It is entered into the ledger."""
    actor = accounts.actor_of(request)
    rows = trust.visible(actor, AUDIT, LedgerEntry.objects.filter(pk=entry_id))
    if not rows.exists():
        raise Http404
    trust.record(
        by=actor, action="export", purpose="audit", subjects=(), object_kind="trust.proof", object_id=entry_id,
        elements=(), now=kernel.now(),
    )  # fmt: skip
    return proof_file(entry_id)


@require_POST
@trust.staff(AUDIT)
def settle(request: HttpRequest, actor: accounts.Actor, problem_id: int) -> HttpResponse:
    """Note what was found out about two heads that do not belong together."""
    form = WordsForm(request.POST)
    if not HeadProblem.objects.filter(pk=problem_id, settled_at=None).exists():
        raise Http404
    if form.is_valid():
        trust.settle_head_problem(problem_id=problem_id, words=form.cleaned_data["words"], by=actor, now=kernel.now())
    return redirect("trust_ledger")


def proof_file(entry_id: UUID) -> HttpResponse:
    """Return the proof of an entry as a file. Raises Http404 while it waits for its seal."""
    try:
        proof = trust.prove_entry(entry_id=entry_id)
    except trust.NotSealedError as error:
        raise Http404(_("This entry waits for its seal; try again in a few seconds.")) from error
    name = f'attachment; filename="proof-{entry_id}.json"'
    return JsonResponse(proof, headers={"Content-Disposition": name}, json_dumps_params={"ensure_ascii": False})
