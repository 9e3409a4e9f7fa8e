"""Where trust has its pages."""

from django.urls import path

from linli.trust.views import deferrals, ledger

urlpatterns = [
    path("console/trust/ledger", ledger.ledger, name="trust_ledger"),
    path("console/trust/deferrals", deferrals.deferrals, name="trust_deferrals"),
    path("console/trust/deferrals/<uuid:deferral_id>", deferrals.decide, name="trust_deferral"),
]
