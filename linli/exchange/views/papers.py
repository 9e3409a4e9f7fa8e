"""Photos and PDFs beside a correction: added by who proposed it, opened by the two units it lies between."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.forms.papers import PapersForm
from linli.exchange.queries.sight import ANSWER, CORRECT
from linli.exchange.rules.papers import PHOTO, TYPES
from linli.kernel import api as kernel
from linli.trust import api as trust


@require_POST
@trust.staff(CORRECT)
def add(request: HttpRequest, actor: accounts.Actor, correction_id: UUID) -> HttpResponse:
    """Add photos or PDFs; what is refused is said, and the correction stays as it is."""
    if not exchange.corrections_seen_by(actor).filter(pk=correction_id).exists():
        raise Http404
    form = PapersForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            papers = form.cleaned_data["papers"]
            exchange.add_papers(correction_id=correction_id, papers=papers, by=actor, now=kernel.now())
            messages.success(request, _("Added."))
        else:
            messages.error(request, " ".join(str(one) for one in form.errors["papers"]))
    except exchange.RefusedError as refused:
        messages.error(request, str(refused))
    return redirect("exchange:correction", correction_id=correction_id)


@trust.staff(CORRECT, ANSWER)
def paper(_request: HttpRequest, actor: accounts.Actor, paper_id: UUID) -> HttpResponse:
    """Hand out one; a PDF is saved, not shown, for it may hold more than a picture of a page."""
    kind, content = exchange.open_paper(paper_id=paper_id, by=actor, now=kernel.now())
    way, (content_type, ending) = "inline" if kind == PHOTO else "attachment", TYPES[kind]
    headers = {
        "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'{way}; filename="{paper_id}.{ending}"', "Content-Security-Policy": "sandbox",
    }  # fmt: skip
    return HttpResponse(content, content_type=content_type, headers=headers)
