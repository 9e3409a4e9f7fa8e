"""Capabilities, row filters, desks and words of the ledger for applications, corrections and open data."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.exchange.models import Application, Correction, Grant, OpenSet
from linli.exchange.queries import sight
from linli.trust import slots as trust

CAPABILITIES = {
    "exchange.apply": _("apply for data of other departments"),
    "exchange.approve": _("answer applications for the data of the own department"),
    "exchange.use": _("read by a grant, through the interface"),
    "exchange.correct": _("propose corrections of what departments say"),
    "exchange.answer": _("answer corrections of the data of the own department"),
    "exchange.oversee": _("see all applications, grants and corrections of the area"),
    "exchange.publish": _("publish open data"),
    "exchange.owners": _("say who answers for data, and within how many days"),
}
WORDS = {
    "exchange.sharing": _("sharing of data"),
    "exchange.verify": _("a verification by a grant"),
    "exchange.answer": _("answering a correction"),
    "exchange.query": _("a query by a grant"),
    "exchange.batch": _("a list by a grant"),
    "exchange.push": _("changes delivered by a grant"),
    "exchange.push.secret": _("the secret that signs deliveries"),
    "exchange.push.again": _("sending a delivery again"),
    "exchange.correction": _("a correction"),
    "exchange.opening": _("open data"),
    "application": _("application for data"),
    "grant": _("grant"),
    "correction": _("correction"),
    "openset": _("open data set"),
    "edition": _("edition of an open data set"),
    "exchange.state": _("state"),
    "exchange.apply": _("the application"),
    "exchange.approve": _("the approval"),
    "exchange.trim": _("the approval of less"),
    "exchange.decline": _("the refusal of an application"),
    "exchange.withdraw": _("the withdrawal"),
    "exchange.suspend": _("the suspension"),
    "exchange.resume": _("the resumption"),
    "exchange.revoke": _("the revocation"),
    "exchange.expire": _("the expiry"),
    "exchange.anew": _("the new decision"),
    "exchange.propose": _("the proposal"),
    "exchange.attach": _("adding photos or papers"),
    "exchange.paper": _("photo or paper of a correction"),
    "paper": _("photo or paper of a correction"),
    "exchange.confirm": _("the confirmation"),
    "exchange.refuse": _("the refusal of a correction"),
    "exchange.let_stand": _("standing after silence"),
    "exchange.take_back": _("taking a correction back"),
    "exchange.arrive": _("the answer by the owner's data"),
    "exchange.overtake": _("the end by the owner's data"),
    "exchange.describe": _("the description"),
    "exchange.count": _("the count"),
    "exchange.end": _("taking it off the list"),
    "exchange.firm": _("the registration of a firm"),
    "firm_source": _("source of a firm"),
    "exchange.publish": _("the publication"),
    "answering": _("who answers for data"),
    "exchange.set_owner": _("setting the unit that answers"),
    "exchange.set_limit": _("setting a limit of answers"),
}


def register() -> None:
    """Register everything once, at start."""
    for code, label in CAPABILITIES.items():
        accounts.capabilities.register(accounts.Capability(code, label))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    for model in (Application, Grant):
        trust.row_filters.register(trust.RowFilter(model, sight.APPLY, where=sight.of_own_unit))
        trust.row_filters.register(trust.RowFilter(model, sight.APPROVE, where=sight.of_owner))
        trust.row_filters.register(trust.RowFilter(model, sight.OVERSEE, where=sight.over_area))
    trust.row_filters.register(trust.RowFilter(Correction, sight.CORRECT, where=sight.of_own_unit))
    trust.row_filters.register(trust.RowFilter(Correction, sight.ANSWER, where=sight.of_owner))
    trust.row_filters.register(trust.RowFilter(Correction, sight.OVERSEE, where=sight.over_community))
    trust.row_filters.register(trust.RowFilter(OpenSet, "exchange.publish", where=sight.sets_of_area))
    for desk in (
        accounts.Desk("sharing", _("Data sharing"), "exchange:applications", sight.SEE_SHARING, place=47),
        accounts.Desk("corrections", _("Corrections"), "exchange:corrections", sight.SEE_CORRECTIONS, place=48),
    ):
        accounts.desks.register(desk)
    hint = _("What the public may download: counts by area, small ones kept back; firms that give data back.")
    accounts.desks.register(
        accounts.Desk(
            "open-data", _("Open data"), "exchange:open-sets", ("exchange.publish",), place=850, hint=hint, manages=True
        )
    )
    hint = _("What was allowed before the grade of its data rose: who, which element, both grades, what stands still.")
    accounts.desks.register(
        accounts.Desk(
            "risen", _("Risen grades"), "exchange:risen", ("trust.grades",), place=332, hint=hint, manages=True
        )
    )
    hint = _("Which unit answers for which data, within how many working days, and what nobody answers for.")
    accounts.desks.register(
        accounts.Desk(
            "owners", _("Owners and limits"), "exchange:owners", ("exchange.owners",), place=345, hint=hint,
            manages=True,
        )
    )  # fmt: skip
