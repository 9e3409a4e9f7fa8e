"""What events plugs into the slots of the floors below."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.events.models import Event, HotIssue, SupervisionNote, Volunteer, VolunteerCheck, Webhook
from linli.events.plugins import activities, asking, explaining, exports, joint
from linli.events.plugins.classifier import CurrentClassifier
from linli.events.plugins.evaluations import EVALUATIONS
from linli.events.plugins.form_rows import EventRows
from linli.events.plugins.hotline import HotlineImporter
from linli.events.plugins.occasions import EventOccasions
from linli.events.plugins.open_cases import OpenEvents
from linli.events.queries import hot, objections, sight, supervision, volunteering
from linli.events.slots import classifiers
from linli.kernel import slots as kernel
from linli.registry import slots as registry
from linli.sheets import slots as sheets
from linli.trust import slots as trust

CAPABILITIES = {
    "events.report": _("report events for others"),
    "events.import": _("import hotline files"),
    "events.see_area": _("see the events of the area"),
    "events.see_unit": _("see the events of the unit"),
    "events.screen": _("see the queue of what is not certain"),
    "events.dispatch": _("dispatch events, refuse them and open them again"),
    "events.handle": _("handle the events that the unit leads"),
    "events.check": _("check results and close events"),
    "events.reveal": _("see who reported, with a purpose"),
    "events.export": _("export lists of events"),
    "events.overview": _("see the overview of the area"),
    "events.interfaces": _("look after interfaces: what is public, and who is told of events"),
    "events.standards": _("change the duty list and the dispatch rules"),
    "events.arbitrate": _("decide on objections of units"),
    "events.rules": _("change the rules: the way up, objections, pauses"),
    "events.supervise": _("write supervision notes and follow how they are answered"),
    "events.supervise_leader": _("write supervision notes in the name of a leader"),
    "events.call_back": _("draw and make call-backs"),
}


WORDS = {
    "event": _("event"),
    "event_list": _("list of events"),
    "events.intake": _("taking a report"),
    "events.handling": _("handling the event"),
    "events.export": _("exporting a list"),
    "events.form_rows": _("filling a form with events"),
    "events.contact_reporter": _("contacting the reporter"),
    "events.verify_on_site": _("verifying on site"),
    "events.answer_reporter": _("answering the reporter"),
    "open_matters": _("list of public matters"),
    "events.open_data": _("deciding what is public"),
    "events.standards": _("changing the standards"),
    "duty_list": _("standards"),
    "draft": _("a draft"),
    "drop": _("a dropped draft"),
    "put_in_force": _("the putting in force"),
    "cancel": _("the taking back"),
    "matter": _("a matter"),
    "area": _("an area exception"),
    "rule": _("a dispatch rule"),
    "events.webhooks": _("looking after webhooks"),
    "webhook": _("webhook"),
    "ticket_file": _("hotline file"),
    "events.hotline": _("answering the hotline platform"),
    "reply": _("the reply"),
    "open": _("the opening"),
    "secret": _("the secret"),
    "pause": _("the pause"),
    "resume": _("the going on"),
    "end": _("the end"),
    "replay": _("sending again"),
    "events.call_back": _("calling the reporter back"),
    "events.publishing": _("making answers public"),
    "public_answer": _("public answer"),
    "publish": _("the publication"),
    "report": _("the report"),
    "name": _("name"),
    "phone": _("phone"),
    "email": _("e-mail address"),
    "tell": _("telling"),
    "said": _("what was said"),
    "masked": _("masked name and phone"),
    "text": _("the text"),
    "photo": _("photos"),
    "note": _("a note"),
    "contact": _("the contact"),
    "information": _("what the reporter added"),
    "rating": _("the rating"),
    "dispatch": _("the dispatch"),
    "redispatch": _("the dispatch anew"),
    "correct_place": _("the corrected place"),
    "correct_matter": _("the corrected matter"),
    "accept": _("the acceptance"),
    "return": _("the return"),
    "start": _("the start of work"),
    "end_stage": _("the end of a stage"),
    "stage_missed": _("a stage that is late"),
    "submit": _("the result"),
    "pass": _("the passed check"),
    "send_back": _("the failed check"),
    "close": _("the closing"),
    "reject": _("the refusal"),
    "reopen": _("the reopening"),
    "object": _("the objection"),
    "uphold": _("the decision on an objection"),
    "overrule": _("the decision on an objection"),
    "ask_clock": _("the wish for more time"),
    "decide_clock": _("the decision about more time"),
    "review": _("the review of what is hung up"),
    "escalate": _("the rise to a higher level"),
    "events.rules": _("changing the rules"),
    "policy": _("a version of the rules"),
    "supervise": _("a supervision note"),
    "answer_supervision": _("the answer to a supervision note"),
    "call_back": _("a call-back"),
    "ask_volunteer": _("the request to volunteers"),
    "events.volunteers": _("looking after volunteers"),
    "volunteer": _("volunteer checker"),
    "appoint": _("the appointment"),
    "volunteer_check": _("the check by a volunteer"),
}


def register() -> None:
    """Register everything once, at start."""
    trust.open_cases.register(OpenEvents())
    for export in exports.ALL:
        trust.exports.register(export)
    classifiers.register(CurrentClassifier())
    joint.register()
    activities.register()
    asking.register()
    explaining.register()
    registry.occasions.register(EventOccasions())
    sheets.row_sources.register(EventRows())
    kernel.importers.register(HotlineImporter())
    for evaluation in EVALUATIONS:
        kernel.evaluations.register(evaluation)
    for code, label in CAPABILITIES.items():
        accounts.capabilities.register(accounts.Capability(code, label))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    for capability in sight.BY_AREA:
        _filter(capability, sight.in_area)
    for capability in sight.BY_REACH:
        _filter(capability, sight.in_reach)
    _filter(objections.ARBITRATE, objections.before_office)
    _filter("events.see_unit", sight.of_unit)
    _filter("events.handle", sight.led_by_unit)
    trust.row_filters.register(trust.RowFilter(Webhook, "events.interfaces", where=sight.webhooks_in_area))
    trust.row_filters.register(trust.RowFilter(HotIssue, hot.SEE, where=hot.in_hot_area))
    _supervising()
    trust.row_filters.register(trust.RowFilter(Event, sight.OWN, where=lambda _holding: None, where_person=sight.own))


def _filter(capability: str, where: sight.Where) -> None:
    trust.row_filters.register(trust.RowFilter(Event, capability, where=where))


def _supervising() -> None:
    label = _("check public matters as a volunteer")
    accounts.capabilities.register(accounts.Capability(volunteering.VOLUNTEER, label, for_residents=True))
    for rule in (
        trust.RowFilter(SupervisionNote, supervision.SUPERVISE, where=supervision.about_area),
        trust.RowFilter(SupervisionNote, supervision.ANSWER, where=supervision.to_unit),
        trust.RowFilter(Volunteer, volunteering.MANAGE, where=volunteering.volunteers_area),
        trust.RowFilter(VolunteerCheck, volunteering.VOLUNTEER, where=volunteering.in_volunteers_area),
    ):
        trust.row_filters.register(rule)
