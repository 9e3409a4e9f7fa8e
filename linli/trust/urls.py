"""Where trust has its pages."""

from django.urls import path

from linli.trust.views import (
    activities,
    break_glass,
    deferrals,
    export_desk,
    exports,
    handling,
    ledger,
    look_rules,
    looks,
    proofs,
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
    path("desk/exports", exports.own_exports, name="trust_own_exports"),
    path("desk/exports/<uuid:export_id>", exports.own_export, name="trust_own_export"),
    path("desk/exports/<uuid:export_id>/file", exports.fetch_export, name="trust_fetch_export"),
    path("console/trust/exports", export_desk.exports, name="trust_exports"),
    path("console/trust/exports/<uuid:export_id>", export_desk.export, name="trust_export"),
    path("console/trust/grades", handling.grades, name="trust_handling"),
]
