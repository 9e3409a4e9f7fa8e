"""Where the pages of sheets stand."""

from django.urls import include, path

from linli.sheets.views import forms, gaps, rows

pages = [
    path("desk/forms", forms.forms, name="forms"),
    path("desk/gaps", gaps.gaps, name="gaps"),
    path("desk/gaps/<uuid:gap_id>", gaps.answer, name="answer"),
    path("desk/forms/<uuid:form_id>", forms.form, name="form"),
    path("desk/forms/<uuid:form_id>/columns", forms.columns, name="columns"),
    path("desk/forms/<uuid:form_id>/rows", rows.rows, name="rows"),
    path("desk/forms/<uuid:form_id>/choose", rows.choose, name="choose"),
    path("desk/forms/<uuid:form_id>/ask", rows.ask, name="ask"),
    path("desk/forms/<uuid:form_id>/deliver", rows.deliver, name="deliver"),
    path("desk/forms/lines/<uuid:line_id>", rows.line, name="line"),
    path("desk/forms/<uuid:form_id>/do/<str:deed>", forms.do, name="do"),
]

urlpatterns = [path("", include((pages, "sheets")))]
