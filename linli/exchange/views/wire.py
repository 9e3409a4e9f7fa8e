"""Where other nodes call 互联接口: messages, pages of feeds, questions by a grant. The signature says who calls."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from linli.exchange import api as exchange
from linli.kernel import api as kernel

STEP = 0.1  # seconds between two looks while somebody waits
REFUSED = 403


@csrf_exempt
@require_POST
def messages(request: HttpRequest) -> HttpResponse:
    """Take messages of a peer."""
    try:
        said = exchange.answer_messages(body=request.body, now=kernel.now())
    except exchange.PeerRefusedError:
        return _refused()
    return HttpResponse(said, content_type="application/json")


@csrf_exempt
@require_POST
def feed(request: HttpRequest) -> HttpResponse:
    """Hand out the next page of a feed; wait for news as long as was asked for and the operator allows."""
    now = kernel.now()
    try:
        peer, asked = exchange.asked_for(body=request.body, now=now)
        until = time.monotonic() + min(asked["wait"], settings.LINLI_FEED_WAIT)
        feed_of = {"subscription_id": asked["subscription"], "after": asked["after"]}
        while time.monotonic() < until and not exchange.has_news(**feed_of):
            time.sleep(STEP)
        page = exchange.page_of_feed(peer=peer, **feed_of, now=kernel.now())
    except exchange.PeerRefusedError:
        return _refused()
    said = exchange.answer_page(peer=peer, page=page, nonce=asked["nonce"], now=kernel.now())
    return HttpResponse(said, content_type="application/json")


@csrf_exempt
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Answer a question of a peer by a grant that one of its units holds."""
    try:
        peer, nonce, said = exchange.answer_peer(body=request.body, now=kernel.now())
    except exchange.PeerRefusedError:
        return _refused()
    answer = exchange.answer_page(peer=peer, page=said, nonce=nonce, now=kernel.now())
    return HttpResponse(answer, content_type="application/json")


def _refused() -> JsonResponse:
    """Tell nothing about why: who may call knows it."""
    return JsonResponse({"error": "refused"}, status=REFUSED)
