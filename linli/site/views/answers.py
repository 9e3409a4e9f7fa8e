"""Public answers 公开答复 for everybody, and the look at a reply before it leaves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.rules.doubts import doubt_words
from linli.site.views.shell import SEE, desk

PAGE = 20
LONGEST_QUERY = 60
LONGEST_REPLY = 4000


def answers(request: HttpRequest) -> HttpResponse:
    """Show what was asked and answered in public, the newest first, or what a search finds."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    page = kernel.keyset_page(
        events.public_answers(query), order=("-published_at", "id"), cursor=request.GET.get("cursor"), size=PAGE
    )
    return render(request, "site/resident/answers.html", {"page": page, "answers": page.items, "q": query})


@require_POST
@desk(*SEE)
def check_answer(request: HttpRequest, actor: accounts.Actor, number: str) -> HttpResponse:
    """Say what may be wrong with a reply that is being written. Nothing is kept and nothing is blocked."""
    event = events.events_seen_by(actor).filter(number=number).first()
    if event is None:
        raise Http404
    reply = next((str(request.POST[name]) for name in request.POST if name.endswith("answer")), "")[:LONGEST_REPLY]
    doubts = events.reply_doubts(event, reply, kernel.now())
    words = [doubt_words(one) for one in doubts]
    return render(request, "site/desk/doubts.html", {"doubts": words, "checked": bool(reply.strip())})
