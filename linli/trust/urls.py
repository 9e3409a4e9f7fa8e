"""Where trust has its pages."""

from django.urls import path

from linli.trust.views import ledger, look_rules, looks

urlpatterns = [
    path("console/trust/ledger", ledger.ledger, name="trust_ledger"),
    path("console/trust/looks", looks.looks, name="trust_looks"),
    path("console/trust/looks/<uuid:review_id>", looks.look_review, name="trust_look_review"),
    path("console/trust/looks/<uuid:review_id>/step", looks.look_step, name="trust_look_step"),
    path("console/trust/look-rules", look_rules.look_rules, name="trust_look_rules"),
    path("desk/my-looks", look_rules.asked, name="trust_asked"),
]
