"""Where the pages and wires of exchange stand."""

from django.urls import path

from linli.exchange.views import peers, wire

app_name = "exchange"
urlpatterns = [
    path("exchange/messages", wire.messages, name="messages"),
    path("exchange/feed", wire.feed, name="feed"),
    path("console/peers", peers.peer_list, name="peers"),
    path("console/peers/anchor.json", peers.anchor_file, name="anchor"),
    path("console/peers/keys", peers.renew_keys, name="keys"),
    path("console/peers/<uuid:peer_id>", peers.peer, name="peer"),
    path("console/peers/<uuid:peer_id>/do/<str:deed>", peers.do, name="peer-do"),
    path("console/peers/<uuid:peer_id>/slice", peers.add_slice, name="slice"),
]
