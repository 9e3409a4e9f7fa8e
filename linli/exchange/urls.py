"""Where the pages of exchange stand."""

from django.urls import path

from linli.exchange.views import connections, datasets, runs

app_name = "exchange"
urlpatterns = [
    path("desk/sources", datasets.datasets, name="datasets"),
    path("desk/sources/new", datasets.new_dataset, name="new-dataset"),
    path("desk/sources/catalogue.jsonld", datasets.catalogue_file, name="catalogue"),
    path("desk/sources/connections", connections.connections, name="connections"),
    path("desk/sources/connections/new/<str:connector>", connections.new_connection, name="new-connection"),
    path("desk/sources/connections/<str:connection>", connections.connection, name="connection"),
    path("desk/sources/connections/<str:connection>/check", connections.check, name="check-connection"),
    path("desk/sources/runs/<uuid:run_id>", runs.run, name="run"),
    path("desk/sources/runs/<uuid:run_id>/progress", runs.progress, name="run-progress"),
    path("desk/sources/runs/<uuid:run_id>/map", runs.map_columns, name="run-map"),
    path("desk/sources/runs/<uuid:run_id>/do/<str:deed>", runs.do, name="run-do"),
    path("desk/sources/runs/<uuid:run_id>/rejected.xlsx", runs.rejected_rows, name="run-rejected"),
    path("desk/sources/rows/<uuid:row_id>", runs.row, name="row"),
    path("desk/sources/sets/<str:dataset>", datasets.dataset, name="dataset"),
    path("desk/sources/sets/<str:dataset>/upload", datasets.upload, name="upload"),
    path("desk/sources/sets/<str:dataset>/change", datasets.change_dataset, name="change-dataset"),
    path("desk/sources/sets/<str:dataset>/ask", datasets.ask_now, name="ask-now"),
]
