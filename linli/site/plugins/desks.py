"""The desks of the site: inbox, dispatch, map, overview, new report, hotline files, interfaces."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts

SUPERVISION = ("events.supervise", "events.see_unit")
SEE = ("events.see_area", "events.see_unit")


def desks() -> list[accounts.Desk]:
    """Return them as the header shows them."""
    return [
        accounts.Desk("desk", _("Inbox"), "desk:inbox", SEE, place=10, searches=True),
        accounts.Desk("tasks", _("Tasks"), "desk:tasks", ("events.handle",), place=15),
        accounts.Desk("dispatch", _("Dispatch"), "desk:dispatch", ("events.screen",), place=20),
        accounts.Desk("arbitration", _("Objections"), "desk:arbitration", ("events.arbitrate",), place=25),
        accounts.Desk("time", _("Time and review"), "desk:time", ("events.handle", "events.dispatch"), place=27),
        accounts.Desk("map", _("Map"), "desk:map", SEE, place=30),
        accounts.Desk("overview", _("Overview"), "desk:overview", ("events.overview",), place=40),
        accounts.Desk("hot", _("Hot issues"), "desk:hot", ("events.see_area",), place=41),
        accounts.Desk("supervision", _("Supervision"), "desk:supervision", SUPERVISION, place=42),
        accounts.Desk("callbacks", _("Call-backs"), "desk:callbacks", ("events.call_back",), place=44),
        accounts.Desk("base", _("People and houses"), "desk:base", ("registry.see",), place=46),
        accounts.Desk("lists", _("Lists"), "desk:lists", ("registry.see",), place=47),
        accounts.Desk("rights", _("Rights of the person"), "desk:rights", ("trust.rights",), place=49),
        accounts.Desk("entry", _("New report"), "desk:entry", ("events.report",), place=50),
        accounts.Desk("tickets", _("Hotline files"), "desk:tickets", ("events.import",), place=60),
        accounts.Desk(
            "volunteers",
            _("Volunteer checkers"),
            "desk:volunteers",
            ("accounts.manage",),
            place=250,
            manages=True,
            hint=_("Residents who check public matters on site: appoint, pause, end."),
        ),
        *_console(),
        _dictionary(),
        _devices(),
        _grading(),
        _deletions(),
        *_base_console(),
    ]


def _base_console() -> list[accounts.Desk]:
    """Return the desks that manage what hangs on houses and people."""
    return [
        accounts.Desk(
            "plates", _("Door plates"), "desk:plates", ("registry.keep",), place=326, manages=True,
            hint=_("Issue, print and replace the codes on doors."),
        ),
        accounts.Desk(
            "names", _("Names of places"), "desk:place-names", ("registry.keep",), place=327, manages=True,
            hint=_("What roads, estates and communities were called before, so that old addresses lead to today's."),
        ),
        accounts.Desk(
            "tags", _("Tags"), "desk:tags", ("registry.tags",), place=328, manages=True,
            hint=_("Tags of people, houses and the rest: by rule or by hand, with purpose and end."),
        ),
    ]  # fmt: skip


def _dictionary() -> accounts.Desk:
    """Return the desk of the data elements."""
    return accounts.Desk(
        "elements",
        _("Data elements"),
        "desk:elements",
        ("registry.elements",),
        place=330,
        manages=True,
        hint=_("What is kept about people, houses and the rest: names, value sets, owners, grades, sharing."),
    )


def _devices() -> accounts.Desk:
    """Return the desk of the register of devices."""
    return accounts.Desk(
        "devices", _("Devices at bodies and doors"), "desk:devices", ("trust.devices", "trust.asking"), place=722,
        manages=True, hint=_("Face terminals, door access, cameras, probes: why, for how long, decided by whom."),
    )  # fmt: skip


def _grading() -> accounts.Desk:
    """Return the desk at which the grades of data elements are decided."""
    return accounts.Desk(
        "grading", _("Grading of data elements"), "desk:grading", ("trust.grades",), place=331, manages=True,
        hint=_("Elements that wait for a grade: what the rules propose and why, and your decision."),
    )  # fmt: skip


def _deletions() -> accounts.Desk:
    """Return the desk of deletions and of how long what is kept."""
    return accounts.Desk(
        "deletions",
        _("Deletions"),
        "desk:deletions",
        ("registry.delete",),
        place=335,
        manages=True,
        hint=_("What is deleted from the base, proposed by one and decided by another; how long what is kept."),
    )


def _console() -> list[accounts.Desk]:
    """Return the desks that manage what is set up."""
    return [
        accounts.Desk(
            "standards",
            _("Standards and dispatch"),
            "standards:overview",
            ("events.standards",),
            place=300,
            manages=True,
            hint=_("Matters, limits and dispatch rules as versions: check, try, put in force, go back."),
        ),
        accounts.Desk(
            "policies",
            _("Policies of the event loop"),
            "desk:policies",
            ("events.rules",),
            place=310,
            manages=True,
            hint=_("When late events rise, how long a unit may object, how long a clock may pause, what messages say."),
        ),
        accounts.Desk(
            "plans",
            _("Plans and groups"),
            "desk:plans",
            ("events.standards",),
            place=320,
            manages=True,
            hint=_("Plans in stages for hard problems, and the rules for duplicates and recurrence."),
        ),
        accounts.Desk(
            "config",
            _("Configuration file"),
            "desk:config",
            ("accounts.manage",),
            place=990,
            manages=True,
            hint=_("Everything that is set up here in one readable file, out and in."),
        ),
        accounts.Desk(
            "interfaces",
            _("Interfaces"),
            "desk:webhooks",
            ("events.interfaces",),
            place=800,
            hint=_("Tell other systems of events, and decide which matters everybody may read."),
            manages=True,
        ),
    ]
