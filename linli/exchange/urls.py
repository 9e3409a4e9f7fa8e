"""Where the pages of exchange stand."""

from django.urls import path

from linli.exchange.views import linkage

app_name = "exchange"
urlpatterns = [
    path("desk/exchange/linkage", linkage.queue, name="linkage"),
    path("desk/exchange/linkage/<uuid:review_id>", linkage.pair, name="pair"),
    path("desk/exchange/linkage/<uuid:review_id>/judge", linkage.judge, name="judge-pair"),
]
