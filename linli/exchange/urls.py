"""Where the pages and interfaces of exchange stand."""

from django.urls import path

from linli.exchange.rest import data
from linli.exchange.views import corrections, grants, sharing

app_name = "exchange"
urlpatterns = [
    path("api/exchange/v1/", data.api.urls),
    path("desk/sharing", sharing.applications, name="applications"),
    path("desk/sharing/new", sharing.new_application, name="apply"),
    path("desk/sharing/<uuid:application_id>", sharing.application, name="application"),
    path("desk/sharing/<uuid:application_id>/move", sharing.move, name="move"),
    path("desk/sharing/grants", grants.grants, name="grants"),
    path("desk/sharing/grants/<uuid:grant_id>", grants.grant, name="grant"),
    path("desk/sharing/grants/<uuid:grant_id>/end", grants.end, name="end-grant"),
    path("desk/sharing/readers", grants.readers, name="readers"),
    path("desk/corrections", corrections.corrections, name="corrections"),
    path("desk/corrections/measures", corrections.measures, name="correction-measures"),
    path("desk/corrections/<uuid:correction_id>", corrections.correction, name="correction"),
    path("desk/corrections/<uuid:correction_id>/answer", corrections.answer, name="answer-correction"),
    path("desk/base/<uuid:entity_id>/correct/<str:element>", corrections.correct, name="correct"),
]
