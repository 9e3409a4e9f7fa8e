"""Where trust has its pages."""

from django.urls import path

from linli.trust.views import handling, ledger

urlpatterns = [
    path("console/trust/ledger", ledger.ledger, name="trust_ledger"),
    path("console/trust/grades", handling.grades, name="trust_handling"),
]
