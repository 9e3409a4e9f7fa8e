"""Where trust has its pages."""

from django.urls import path

from linli.trust.views import (
    activities,
    break_glass,
    deferrals,
    handling,
    incidents,
    ledger,
    look_rules,
    looks,
    proofs,
    security,
)

urlpatterns = [
    path("console/trust/ledger", ledger.ledger, name="trust_ledger"),
    path("console/trust/ledger/<uuid:entry_id>/proof.json", proofs.entry_proof, name="trust_entry_proof"),
    path("console/trust/ledger/conflicts/<int:problem_id>", proofs.settle, name="trust_settle_head"),
    path("ledger", proofs.check_page, name="trust_proof"),
    path("ledger/head", proofs.head, name="trust_head"),
    path("trust/break-glass", break_glass.open_glass, name="trust_break_glass"),
    path("trust/break-glass/<uuid:opening_id>/end", break_glass.end_glass, name="trust_end_glass"),
    path("console/trust/break-glass", break_glass.glass_reviews, name="trust_glass_reviews"),
    path("console/trust/break-glass/<uuid:opening_id>", break_glass.review_glass, name="trust_review_glass"),
    path("console/trust/activities", activities.activities, name="trust_activities"),
    path("console/trust/activities/new", activities.new_activity, name="trust_new_activity"),
    path("console/trust/activities.<str:file_form>", activities.handed_out, name="trust_register_file"),
    path("console/trust/activities/<str:activity_code>", activities.activity, name="trust_activity"),
    path("console/trust/looks", looks.looks, name="trust_looks"),
    path("console/trust/looks/<uuid:review_id>", looks.look_review, name="trust_look_review"),
    path("console/trust/looks/<uuid:review_id>/step", looks.look_step, name="trust_look_step"),
    path("console/trust/look-rules", look_rules.look_rules, name="trust_look_rules"),
    path("desk/my-looks", look_rules.asked, name="trust_asked"),
    path("console/trust/deferrals", deferrals.deferrals, name="trust_deferrals"),
    path("console/trust/deferrals/<uuid:deferral_id>", deferrals.decide, name="trust_deferral"),
    path("console/trust/grades", handling.grades, name="trust_handling"),
    path("console/security", security.security, name="trust_security"),
    path("console/security/alerts/<uuid:alert_id>", security.alert, name="trust_alert"),
    path("console/security/alerts/<uuid:alert_id>/step", security.alert_step, name="trust_alert_step"),
    path("console/security/playbooks", security.playbooks, name="trust_playbooks"),
    path("console/security/limits", security.watch_limits, name="trust_watch_limits"),
    path("console/security/incidents", incidents.incidents, name="trust_incidents"),
    path("console/security/incidents/new", incidents.new_incident, name="trust_new_incident"),
    path("console/security/incidents/<uuid:incident_id>", incidents.incident, name="trust_incident"),
    path("console/security/incidents/<uuid:incident_id>/act", incidents.incident_act, name="trust_incident_act"),
    path("console/security/incidents/<uuid:incident_id>/duties/<int:duty_id>", incidents.duty_done, name="trust_duty"),
    path(
        "console/security/incidents/<uuid:incident_id>/report", incidents.incident_report, name="trust_incident_report"
    ),
]
