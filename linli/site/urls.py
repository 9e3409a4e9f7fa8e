"""Where each page stands. A domain brings its own urls.py."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from linli.site.views import (
    acts,
    answers,
    callbacks,
    clocks,
    components,
    config,
    dispatch,
    entry,
    exports,
    follow,
    home,
    hot,
    inbox,
    interfaces,
    overview,
    photos,
    plan_forms,
    plans,
    policies,
    report,
    shell,
    standards,
    supervision,
    tasks,
    ticket_round,
    volunteer,
    volunteers,
    webhooks,
)
from linli.site.views import standard_pages as pages

resident_pages = [
    path("", home.home, name="home"),
    path("reading", home.reading, name="reading"),
    path("report", report.what, name="report"),
    path("report/where", report.where, name="where"),
    path("report/near", report.near, name="near"),
    path("report/who", report.who, name="who"),
    path("report/receipt", report.receipt, name="receipt"),
    path("report/areas", report.areas, name="areas"),
    path("report/place", report.place, name="place"),
    path("follow", follow.follow, name="follow"),
    path("e/<str:number>", follow.case, name="case"),
    path("e/<str:number>/add", follow.add, name="case_add"),
    path("e/<str:number>/rate", follow.rate, name="case_rate"),
    path("e/<str:number>/reopen", follow.reopen, name="case_reopen"),
    path("volunteer", volunteer.tasks, name="volunteer"),
    path("volunteer/<uuid:check_id>", volunteer.check, name="volunteer_check"),
    path("answers", answers.answers, name="answers"),
    path("photos/<uuid:photo_id>", photos.photo, name="photo"),
]

desk_pages = [
    path("", inbox.inbox, name="inbox"),
    path("start", shell.start, name="start"),
    path("tasks", tasks.unit_tasks, name="tasks"),
    path("policies", policies.policies, name="policies"),
    path("policies/<str:kind>/change", policies.change_policy, name="policy-change"),
    path("policies/<int:version_id>/decide", policies.decide_policy, name="policy-decide"),
    path("plans", plans.plans, name="plans"),
    path("plans/new", plan_forms.write_plan, name="plan-new"),
    path("plans/rules", plan_forms.write_rules, name="rules-change"),
    path("plans/change/<str:code>", plan_forms.write_plan, name="plan-change"),
    path("plans/plan/<int:version_id>", plans.decide_plan, name="plan-decide"),
    path("plans/rules/<int:version_id>", plans.decide_rules, name="rules-decide"),
    path("e/<str:number>", inbox.event_page, name="event"),
    path("e/<str:number>/reveal", acts.reveal, name="reveal"),
    path("e/<str:number>/do/<str:act>", acts.do_act, name="act"),
    path("e/<str:number>/check-answer", answers.check_answer, name="check-answer"),
    path("hot", hot.hot, name="hot"),
    path("hot/<uuid:issue_id>", hot.hot_issue, name="hot-issue"),
    path("hot/<uuid:issue_id>/publish", hot.publish_common, name="hot-publish"),
    path("dispatch", dispatch.queue, name="dispatch"),
    path("dispatch/<str:number>", dispatch.queue, name="dispatch-event"),
    path("arbitration", clocks.arbitration, name="arbitration"),
    path("time", clocks.time_desk, name="time"),
    path("overview", overview.overview, name="overview"),
    path("map", overview.map_page, name="map"),
    path("map/points", overview.points, name="points"),
    path("map/grids", overview.grids, name="grids"),
    path("supervision", supervision.supervision, name="supervision"),
    path("supervision/new", supervision.supervise, name="supervise"),
    path("supervision/<uuid:note_id>/answer", supervision.answer, name="answer-note"),
    path("callbacks", callbacks.callbacks, name="callbacks"),
    path("new", entry.entry, name="entry"),
    path("list.xlsx", exports.event_list, name="export"),
    path("volunteers", volunteers.volunteers, name="volunteers"),
    path("volunteers/<uuid:volunteer_id>/pause", volunteers.pause, name="volunteer-pause"),
    path("volunteers/<uuid:volunteer_id>/resume", volunteers.resume, name="volunteer-resume"),
    path("volunteers/<uuid:volunteer_id>/end", volunteers.end, name="volunteer-end"),
    path("config", config.config, name="config"),
    path("config.yaml", config.config_file, name="config-file"),
    path("tickets", entry.tickets, name="tickets"),
    path("tickets/<uuid:file_id>", entry.ticket_file, name="ticket-file"),
    path("interfaces", interfaces.public_matters, name="open-matters"),
    path("interfaces/webhooks", webhooks.webhook_list, name="webhooks"),
    path("interfaces/webhooks/<uuid:webhook_id>", webhooks.webhook, name="webhook"),
    path("interfaces/webhooks/<uuid:webhook_id>/do/<str:deed>", webhooks.do, name="webhook-do"),
    path("interfaces/deliveries/<uuid:delivery_id>/replay", webhooks.replay, name="replay"),
    path("tickets/<uuid:file_id>/accept", ticket_round.accept_all, name="accept-tickets"),
    path("tickets/<uuid:file_id>/results.<str:form>", ticket_round.results, name="ticket-results"),
    path("tickets/one/<int:ticket_id>", ticket_round.ticket, name="ticket"),
    path("tickets/<uuid:file_id>/rejected.xlsx", entry.rejected_rows, name="rejected-rows"),
]

standard_pages = [
    path("", standards.overview, name="overview"),
    path("take-in", standards.take_in, name="take-in"),
    path("begin", standards.begin, name="begin"),
    path("<int:version>/matters", pages.matters, name="matters"),
    path("<int:version>/matters/<str:matter_code>", pages.matter, name="matter"),
    path("<int:version>/rules", pages.rules, name="rules"),
    path("<int:version>/rules/remove", pages.remove_rule, name="remove-rule"),
    path("<int:version>/changes", pages.changes, name="changes"),
    path("<int:version>/check", pages.check, name="check"),
    path("<int:version>/enforce", standards.enforce, name="enforce"),
    path("<int:version>/roll-back", standards.roll_back, name="roll-back"),
    path("<int:version>/cancel", standards.cancel, name="cancel"),
    path("<int:version>/drop", standards.drop, name="drop"),
    path("<int:version>/manual.xlsx", standards.manual, name="manual"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((resident_pages, "site"))),
    path("desk/", include((desk_pages, "desk"))),
    path("console/standards/", include((standard_pages, "standards"))),
    path("", include("linli.events.urls")),
    path("", include("linli.insight.urls")),
    path("", include("linli.kernel.urls")),
    path("", include("linli.accounts.urls")),
    path("", include("linli.trust.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

if settings.DEBUG:
    urlpatterns += [path("_components/<str:face>", components.show), path("_components/", components.show)]

handler400 = "linli.kernel.views.errors.bad_request"
handler403 = "linli.kernel.views.errors.forbidden"
handler404 = "linli.kernel.views.errors.not_found"
handler429 = "linli.kernel.views.errors.too_many_requests"
handler500 = "linli.kernel.views.errors.server_error"
