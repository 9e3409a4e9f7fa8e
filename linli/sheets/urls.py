"""Where the pages of sheets stand."""

from django.urls import include, path

from linli.sheets.views import forms, gaps

pages = [
    path("desk/forms", forms.forms, name="forms"),
    path("desk/gaps", gaps.gaps, name="gaps"),
    path("desk/gaps/<uuid:gap_id>", gaps.answer, name="answer"),
    path("desk/forms/<uuid:form_id>", forms.form, name="form"),
    path("desk/forms/<uuid:form_id>/columns", forms.columns, name="columns"),
    path("desk/forms/<uuid:form_id>/do/<str:deed>", forms.do, name="do"),
]

urlpatterns = [path("", include((pages, "sheets")))]
