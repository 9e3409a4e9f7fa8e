"""Where trust has its pages."""

from django.urls import path

from linli.trust.views import activities, ledger

urlpatterns = [
    path("console/trust/ledger", ledger.ledger, name="trust_ledger"),
    path("console/trust/activities", activities.activities, name="trust_activities"),
    path("console/trust/activities/new", activities.new_activity, name="trust_new_activity"),
    path("console/trust/activities.<str:file_form>", activities.handed_out, name="trust_register_file"),
    path("console/trust/activities/<str:activity_code>", activities.activity, name="trust_activity"),
]
