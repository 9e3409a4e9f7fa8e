"""Where trust has its pages."""

from django.urls import path

from linli.trust.views import ledger

urlpatterns = [path("console/trust/ledger", ledger.ledger, name="trust_ledger")]
