"""Where the pages of insight stand."""

from django.urls import path

from linli.insight.views import definitions, exclusions, measures

app_name = "insight"
urlpatterns = [
    path("desk/measures", measures.measures, name="measures"),
    path("desk/measures.xlsx", measures.export, name="export"),
    path("desk/measures/exclusions", exclusions.exclusions, name="exclusions"),
    path("desk/measures/exclusions/<uuid:exclusion_id>", exclusions.decide, name="decide"),
    path("desk/measures/events/<str:code>", measures.behind, name="behind"),
    path("console/measures", definitions.definitions, name="definitions"),
    path("console/measures/<str:measure>", definitions.definition, name="definition"),
]
