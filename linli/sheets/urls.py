"""Where the pages of sheets stand."""

from django.urls import include, path

from linli.sheets.rest import forms as rest
from linli.sheets.views import (
    admissions,
    burden,
    cells,
    delivered,
    demands,
    design,
    forms,
    gap_tasks,
    gaps,
    ledgers,
    public,
    rows,
)

pages = [
    path("forms-list", public.form_list, name="form-list"),
    path("forms-list.json", public.form_list_data, name="form-list-data"),
    path("forms-list/report", public.report, name="report-form"),
    path("forms-list/answer", public.answer, name="report-answer"),
    path("forms-list/<str:list_number>", public.listed_form, name="listed-form"),
    path("desk/forms/admissions", admissions.admissions, name="admissions"),
    path("desk/forms/admissions/new", admissions.new_admission, name="admission-new"),
    path("desk/forms/admissions/<uuid:admission_id>", admissions.admission, name="admission"),
    path("desk/forms/admissions/<uuid:admission_id>/do/<str:deed>", admissions.decide, name="admission-do"),
    path("desk/forms/design", design.design, name="design"),
    path("desk/forms/demands", demands.demands, name="demands"),
    path("desk/forms/demands/<uuid:demand_id>", demands.demand, name="demand"),
    path("desk/forms/demands/<uuid:demand_id>/do/<str:deed>", demands.follow, name="demand-do"),
    path("desk/forms/burden", burden.burden, name="burden"),
    path("desk/forms/burden.csv", burden.burden_file, {"layout": "csv"}, name="burden-csv"),
    path("desk/forms/burden.xlsx", burden.burden_file, {"layout": "xlsx"}, name="burden-xlsx"),
    path("desk/forms/rules", burden.issuing_rules, name="issuing-rules"),
    path("desk/forms", forms.forms, name="forms"),
    path("desk/ledgers", ledgers.ledgers, name="ledgers"),
    path("desk/ledgers/new", ledgers.new_ledger, name="ledger-new"),
    path("desk/ledgers/<uuid:ledger_id>", ledgers.ledger, name="ledger"),
    path("desk/ledgers/<uuid:ledger_id>/do/<str:deed>", ledgers.do, name="ledger-do"),
    path("desk/ledgers/<uuid:ledger_id>/changes.csv", ledgers.changes_file, name="ledger-changes"),
    path("desk/forms/<uuid:form_id>/ledger", ledgers.of_form, name="form-ledger"),
    path("desk/gaps", gaps.gaps, name="gaps"),
    path("desk/gaps/tasks.json", gap_tasks.tasks, name="gap-tasks"),
    path("desk/gaps/tasks.schema.json", gap_tasks.schema, name="gap-schema"),
    path("desk/gaps/answers", gap_tasks.answers, name="gap-answers"),
    path("desk/gaps/<uuid:gap_id>", gaps.answer, name="answer"),
    path("desk/forms/<uuid:form_id>", forms.form, name="form"),
    path("desk/forms/<uuid:form_id>/columns", forms.columns, name="columns"),
    path("desk/forms/<uuid:form_id>/rows", rows.rows, name="rows"),
    path("desk/forms/<uuid:form_id>/choose", rows.choose, name="choose"),
    path("desk/forms/<uuid:form_id>/ask", rows.ask, name="ask"),
    path("desk/forms/<uuid:form_id>/deliver", rows.deliver, name="deliver"),
    path("desk/forms/deliveries/<uuid:delivery_id>/<str:layout>", delivered.copy, name="copy"),
    path("desk/forms/lines/<uuid:line_id>", rows.line, name="line"),
    path("desk/forms/lines/<uuid:line_id>/<uuid:column_id>", cells.behind, name="behind"),
    path("desk/forms/lines/<uuid:line_id>/<uuid:column_id>/sources", cells.sources, name="sources"),
    path("desk/forms/<uuid:form_id>/do/<str:deed>", forms.do, name="do"),
]

urlpatterns = [path("api/sheets/v1/", rest.api.urls), path("", include((pages, "sheets")))]
