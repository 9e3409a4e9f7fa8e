"""Where the pages and interfaces of exchange stand."""

from django.urls import path

from linli.exchange.rest import data

app_name = "exchange"
urlpatterns = [
    path("api/exchange/v1/", data.api.urls),
]
