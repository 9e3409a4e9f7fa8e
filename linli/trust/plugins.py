"""What trust brings to the slots: the pulse that seals the ledger, watchers, the evaluation of looks, rows to audit."""

import logging
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.accounts import facts as told_by_accounts
from linli.accounts import slots as accounts_slots
from linli.kernel import facts as kernel_facts
from linli.kernel import slots as kernel
from linli.regions import api as regions
from linli.trust import slots
from linli.trust.actions.activities import PURPOSES
from linli.trust.actions.alerts import raise_alerts
from linli.trust.actions.defer import DEFER
from linli.trust.actions.handling import GRADES
from linli.trust.actions.record import record
from linli.trust.actions.seal import seal_waiting
from linli.trust.actions.watch_node import sealing_stopped, watch_sealing
from linli.trust.models import RightRequest
from linli.trust.queries.alerts import WATCH
from linli.trust.queries.evaluation_looks import DAYS, JUDGED_ON, LEAST_DAYS, evaluate_offices
from linli.trust.queries.exports import of_units_below
from linli.trust.queries.marked import MARKED
from linli.trust.queries.rights_of import of_own_unit
from linli.trust.queries.watch_exports import watch_exports
from linli.trust.queries.watch_ledger import ledger_standing, watch_ledger
from linli.trust.queries.watch_sign_ins import watch_sign_ins
from linli.trust.rules.refusals import SealingStopsError
from linli.trust.states.devices import DECIDE, KEEP
from linli.trust.states.exports import DECIDE as EXPORTS

__all__ = [
    "ACTIVITIES", "AUDIT", "CAPABILITIES", "DECIDE", "DEFER", "DESKS", "EXPORTING", "KEEP", "LOOK_RULES", "PURPOSES",
    "WATCH", "WATCHERS", "WORDS", "LooksEvaluation", "SealLedger", "entries_to_audit", "of_own_unit", "of_units_below",
]  # fmt: skip

AUDIT, LOOK_RULES, RIGHTS = "trust.audit", "trust.look_rules", "trust.rights"
# Posts from which lists with people in them leave as files.
EXPORTING = ("registry.export", "events.export", "events.import", "exchange.sources", EXPORTS)
# What a look reads besides people, of the floors below: revisions, code tables, divisions and grids.
OPEN_TABLES = (
    "kernel_revision", "kernel_codetable", "kernel_codeentry", "regions_division", "regions_grid",
    "regions_gridversion", "regions_formername", "regions_succession", "trust_handlingversion",
)  # fmt: skip
WORDS = {
    "read": _("read"),
    "search": _("searched"),
    "reveal": _("revealed"),
    "create": _("made"),
    "change": _("changed"),
    "export": _("handed out"),
    "ok": _("went through"),
    "refused": _("was refused"),
    "audit": _("audit"),
    "trust.ledger": _("the ledger"),
    "trust.break_glass": _("access in an emergency"),
    "break_glass": _("opening in an emergency"),
    "end_break_glass": _("the end of access in an emergency"),
    "review_break_glass": _("the review of access in an emergency"),
    "trust.policy": _("a limit"),
    "trust.activity": _("processing activity"),
    "trust.purposes": _("keeping the register of processing activities"),
    "trust.look_review": _("review of looks"),
    "trust.look_rules": _("rules over looks"),
    "trust.campaign": _("announced campaign"),
    "ask": _("a question to the officer"),
    "explain": _("an explanation"),
    "justify": _("decided as justified"),
    "not_justify": _("decided as not justified"),
    "misuse": _("decided as misuse"),
    "trust.rights": _("the rights of the person"),
    "right": _("a request of the person"),
    "right.copy": _("a copy of the data"),
    "right.correct": _("a correction by wish of the person"),
    "right.delete": _("a deletion"),
    "right.explain": _("an explanation"),
    "right.object": _("a decision by a person"),
    "trust.deferral": _("telling of looks later, by law"),
    "deferral": _("looks told later"),
    "defer": _("the approval to tell later"),
    "trust.answering": _("answering a question about the use of data"),
    "trust.look": _("an entry of the ledger"),
    "trust.watch": _("the security watch"),
    "trust.alert": _("a security alert"),
    "trust.incident": _("a security incident"),
    "trust.watch_limits": _("the limits of the security watch"),
    "trust.notice_terms": _("the terms of notices"),
    "trust.log": _("a day of logs"),
    "trust.grades": _("deciding grades and what they do"),
    "handling": _("what a grade does"),
    "grade": _("graded"),
    "trust.exports": _("deciding what leaves as a file"),
    "export_request": _("an export of many rows"),
    "trust.export_traces": _("traces of exports"),
    "trust.retention": _("keeping copies no longer than their grade says"),
    "export_ask": _("asked to take out"),
    "export_pass_on": _("agreed to, for the next to decide,"),
    "export_allow": _("allowed"),
    "export_refuse": _("refused"),
    "export_take_back": _("took back"),
    "export_lapse": _("ended for its time"),
    "trust.asking": _("asking people for no more than is needed"),
    "trust.ask_less": _("rules on asking less"),
    "mend": _("decided to be mended"),
    "justified": _("decided as needed"),
    "trust.assessment": _("impact assessment"),
    "trust.devices": _("keeping the register of devices"),
    "trust.device": _("device of the register"),
    "device_draft": _("the description of a device"),
    "device_change": _("the new description of a device"),
    "device_apply": _("the application for a device"),
    "device_take_back": _("taking back the application for a device"),
    "device_allow": _("allowing a device"),
    "device_refuse": _("the refusal of a device"),
    "device_connect": _("connecting a device"),
    "device_review": _("closing a device for review"),
    "device_remove": _("the removal of a device"),
    "trust.consents": _("consents of the person"),
    "consent": _("agreed"),
    "withdraw_consent": _("withdrew the consent"),
    "consent.use": _("a consent"),
    "consent.separate": _("a separate consent to sensitive data"),
    "trust.marked": _("reviewing each look at somebody"),
    "marked": _("the review of each look"),
    "accounts.rights": _("keeping accounts and posts"),
    "accounts.person": _("an account"),
    "accounts.holding": _("a post held"),
    "accounts.post": _("a post"),
    "accounts.unit": _("a unit"),
    "accounts.key": _("a key of another system"),
    "accounts.cover": _("leave cover"),
    "accounts.cover_limits": _("the limits of leave cover"),
    "disable": _("disabled"),
    "close_unit": _("closed a unit"),
    "enable": _("enabled again"),
    "give": _("given"),
    "take": _("taken away"),
    "lend": _("lent for a while"),
}
# What accounts tells, as the ledger has it: what was done, to which thing, and which field names it.
CHANGES: dict[type[kernel_facts.Fact], tuple[str, str, str]] = {
    told_by_accounts.PersonCreated: ("create", "accounts.person", "person_id"),
    told_by_accounts.PersonDisabled: ("disable", "accounts.person", "person_id"),
    told_by_accounts.PersonEnabled: ("enable", "accounts.person", "person_id"),
    told_by_accounts.HoldingOpened: ("give", "accounts.holding", "holding_id"),
    told_by_accounts.HoldingEnded: ("take", "accounts.holding", "holding_id"),
    told_by_accounts.HoldingLent: ("lend", "accounts.cover", "cover_id"),
    told_by_accounts.CoverEnded: ("take", "accounts.cover", "cover_id"),
    told_by_accounts.CoverLimitsSet: ("change", "accounts.cover_limits", "number"),
    told_by_accounts.PostSaved: ("change", "accounts.post", "post_code"),
    told_by_accounts.TokenIssued: ("give", "accounts.key", "token_id"),
    told_by_accounts.TokenRevoked: ("take", "accounts.key", "token_id"),
    told_by_accounts.UnitCreated: ("create", "accounts.unit", "unit_id"),
    told_by_accounts.UnitClosed: ("close_unit", "accounts.unit", "unit_id"),
}
ACTIVITIES = (
    slots.Activity(
        code="trust.audit", name=_("audit"), is_sample=True,
        what_for=_("To look through the ledger for uses that are not right."),
    ),
    slots.Activity(
        code="trust.break_glass", name=_("access in an emergency"), basis="4", is_sample=True,
        what_for=_("To open and review access in an emergency."),
    ),
    slots.Activity(
        code="trust.devices", name=_("keeping the register of devices"), is_sample=True,
        what_for=_("To decide which devices may read bodies or stand at doors, and to tell everybody."),
    ),
    slots.Activity(
        code="trust.asking", name=_("asking people for no more than is needed"), is_sample=True,
        what_for=_("To judge what is asked of people, and to assess what it does to them."),
    ),
    slots.Activity(
        code="trust.doors", name=_("entering gates and doors"), basis="1", is_sample=True,
        elements=("device.passage",), kept_months=1, needs_assessment=True,
        what_for=_("To let residents in at gates and doors, each in the way they choose."),
    ),
    slots.Activity(
        code="trust.public_video", name=_("video of public places"), is_sample=True, needs_assessment=True,
        elements=("device.picture",), kept_months=1,
        what_for=_("To keep public places safe, and for nothing else."), law=_("PIPL article 26"),
    ),
    slots.Activity(
        code="trust.consents", name=_("consents of the person"), is_sample=True,
        what_for=_("To keep to what people agreed, and to what they withdrew."),
    ),
    slots.Activity(
        code="trust.marked", name=_("reviewing each look at somebody"), is_sample=True,
        what_for=_("To review each look at people who asked for it, or whose data draw curiosity."),
    ),
    slots.Activity(
        code="accounts.rights", name=_("keeping accounts and posts"), is_sample=True,
        what_for=_("To open accounts, to give posts and rights, and to let colleagues cover for one another."),
    ),
    slots.Activity(
        code="trust.exports", name=_("deciding what leaves as a file"), is_sample=True,
        what_for=_("To decide whether lists of many people leave as files, and to find where a file came from."),
    ),
    slots.Activity(
        code="trust.retention", name=_("keeping copies no longer than their grade says"), is_sample=True,
        what_for=_("To delete copies and traces of exports when the grade of the data says so."),
    ),
)  # fmt: skip

NEVER_LENT = frozenset({AUDIT, LOOK_RULES, PURPOSES, DEFER, MARKED, "trust.break_glass", "trust.review_glass"})
CAPABILITIES = {
    AUDIT: _("Audit the use ledger"),
    LOOK_RULES: _("Set the rules over looks and announce campaigns"),
    PURPOSES: _("Keep the register of processing activities"),
    GRADES: _("Decide grades and what they do"),
    MARKED: _("Keep the list of people at whom each look is reviewed"),
    DEFER: _("Propose and decide that a look is told later by law"),
    WATCH: _("Watch over the security of the node and handle incidents"),
    RIGHTS: _("Answer what people want done with their data"),
    KEEP: _("Keep devices that touch bodies and doors in the register"),
    DECIDE: _("Decide what may be asked of people, and which devices may be connected"),
    EXPORTS: _("Decide whether many rows leave as a file, and see what left"),
}
DESKS = (
    accounts_slots.Desk("ledger", _("Use ledger"), "trust_ledger", (AUDIT,), place=70),
    accounts_slots.Desk(
        "activities", _("Processing activities"), "trust_activities", (PURPOSES, AUDIT), place=72, manages=True,
        hint=_("What data of people are used for, on which legal ground, by whom and how far."),
    ),
    accounts_slots.Desk(
        "handling", _("What grades do"), "trust_handling", (GRADES,), place=325, manages=True,
        hint=_("For each data grade: mask, encryption, who sees it, approval of exports, time kept."),
    ),
    accounts_slots.Desk(
        "deferrals", _("Looks told later"), "trust_deferrals", (DEFER, AUDIT), place=740, manages=True,
        hint=_("By law only: on which basis, for which business, until when, decided by whom."),
    ),
    accounts_slots.Desk(
        "asking", _("What is asked of people"), "trust_asking", (DECIDE, PURPOSES, AUDIT), place=721, manages=True,
        hint=_("Forms, interfaces, grants and devices that ask for more than their purpose needs."),
    ),
    accounts_slots.Desk(
        "assessments", _("Impact assessments"), "trust_assessments", (DECIDE, AUDIT), place=723, manages=True,
        hint=_("What handling does to people, which risks it has, what protects them; kept three years."),
    ),
    accounts_slots.Desk("exports", _("My exports"), "trust_own_exports", EXPORTING[:-1], place=94),
    accounts_slots.Desk("export-desk", _("Exports of others"), "trust_exports", (EXPORTS,), place=76),
    accounts_slots.Desk(
        "security", _("Security watch"), "trust_security", (WATCH, AUDIT), place=69, manages=True,
        hint=_("Alerts with their playbooks, incidents with the clocks of law, and how the node stands."),
    ),
    accounts_slots.Desk("looks", _("Reviews of looks"), "trust_looks", (AUDIT,), place=71),
    accounts_slots.Desk(
        "marked", _("Each look is reviewed"), "trust_marked", (MARKED, AUDIT), place=741, manages=True,
        hint=_("People at whom each look becomes a review: who keeps them on the list, and why."),
    ),
    accounts_slots.Desk("asked", _("My looks"), "trust_asked", ("registry.see", "events.reveal"), place=95),
    accounts_slots.Desk(
        "look-rules", _("Rules over looks"), "trust_look_rules", (LOOK_RULES,), place=860, manages=True,
        hint=_("From when on looks at people's data are reviewed, and which campaigns were announced."),
    ),
)  # fmt: skip


class AccountsLog(accounts_slots.Log):
    """Writes into the ledger who opened accounts, gave posts and rights, and lent them, in the same transaction."""

    code = "trust.ledger"

    def note(self, told: kernel_facts.Fact, *, by: accounts.Actor, now: datetime) -> None:
        """Append one entry; what the node does when it is set up stands in the journal of facts alone."""
        if by.kind == "system":
            return
        action, kind, key = CHANGES[type(told)]
        codes = [*getattr(told, "capabilities", ()), *filter(None, [getattr(told, "post_code", "")])]
        person = getattr(told, "person_id", None)
        record(
            by=by, action=action, purpose="accounts.rights", subjects=(), object_kind=kind,
            object_id=getattr(told, key), elements=sorted(codes), case=person, now=now,
        )  # fmt: skip


class OpenRights(slots.CaseKind):
    """What this person asked to be done with their data and the actor's unit has not answered yet."""

    code, label = "right", _("a request of the person")

    def open_for(self, asked: slots.CaseQuestion) -> Sequence[slots.Case]:
        """Return them by number, the newest first. One query."""
        rows = RightRequest.objects.filter(
            subject__in=asked.about.tokens, unit_id__in=asked.actor.unit_ids, ended_at=None
        )
        if asked.ref:
            rows = rows.filter(number=asked.ref)
        return [slots.Case(self.code, row.number, str(row.get_kind_display())) for row in rows.order_by("-id")[:20]]


WATCHERS = (
    slots.Watcher("sign-ins", _("Signing in"), watch_sign_ins),
    slots.Watcher("exports", _("Exports"), watch_exports, every=timedelta(minutes=5)),
    slots.Watcher("sealing", _("Sealing of the ledger"), watch_sealing),
    slots.Watcher("ledger", _("The use ledger"), watch_ledger, every=timedelta(minutes=10), stand=ledger_standing),
)
log = logging.getLogger(__name__)


class SealLedger(kernel.Pulse):
    """Seals what waits in the ledger, ten times a second; what stops it is said once, and raises an alert."""

    code = "trust.seal"
    stopped: type[SealingStopsError] | None = None

    def beat(self, *, now: datetime) -> None:
        """Seal the leaves that wait."""
        try:
            sealed = seal_waiting(now=now)
        except SealingStopsError as error:
            if self.stopped is not type(error):
                self.stopped = type(error)
                log.error("Nothing is sealed: %s", type(error).__name__)  # noqa: TRY400  the trace says no more
                raise_alerts(sightings=[sealing_stopped(error, now=now)], now=now)
            return
        if sealed and self.stopped is not None:
            self.stopped = None
            log.info("The ledger is sealed again.")


class LooksEvaluation(kernel.Evaluation):
    """Judges the rules over looks on made-up habits with planted misuse."""

    code = "looks"
    label = _("Looks that are not normal: planted misuse among made-up habits")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add which office is made up."""
        parser.add_argument("--seed", type=int, help="one made-up office; left out: those kept for judging, 101 to 104")
        parser.add_argument("--days", type=int, default=DAYS, help="how many days it works; default 60, at least 40")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Evaluate."""
        if options["days"] < LEAST_DAYS:
            raise kernel.NotJudgeableError("Habits need at least 40 days before misuse can stand out from them.")
        seeds = JUDGED_ON if options["seed"] is None else (options["seed"],)
        return evaluate_offices(seeds=seeds, days=options["days"], report=report)


def entries_to_audit(held: accounts.ActorHolding) -> Q:
    """Open all entries to the county centre, else those made in the units of the area."""
    if held.unit_kind == "centre":
        return Q()
    area = regions.descendants(held.division_id)
    return Q(unit_id__in=[unit.id for unit in accounts.units() if unit.division_id in area])
