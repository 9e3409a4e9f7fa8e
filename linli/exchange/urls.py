"""Where the pages and interfaces of exchange stand."""

from django.urls import include, path

from linli.exchange.rest import data
from linli.exchange.views import corrections, grants, open_data, sharing

pages = [
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
    path("open", open_data.catalogue, name="catalogue"),
    path("open/catalogue.jsonld", open_data.catalogue_dcat, name="catalogue-dcat"),
    path("open/<slug:dataset_code>", open_data.dataset, name="dataset"),
    path("open/<slug:dataset_code>.<str:form>", open_data.dataset_file, name="dataset-file"),
    path("console/open", open_data.open_sets, name="open-sets"),
    path("console/open/<uuid:set_id>", open_data.open_set_act, name="open-set"),
]

urlpatterns = [path("api/exchange/v1/", data.api.urls), path("", include((pages, "exchange")))]
