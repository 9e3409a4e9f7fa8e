"""The kinds of alerts that trust itself raises: signing in, rights, exports, the ledger, the watch."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from linli.trust.rules.alerts import AlertKind

FOLDER = Path(__file__).resolve().parents[1] / "playbooks"
SIGN_IN, RIGHTS, DATA, LEDGER, WATCH = _("signing in"), _("rights"), _("data"), _("the ledger"), _("the watch")

KINDS = (
    AlertKind(
        "signin.name", _("Many wrong passwords for one name"),
        _("%(count)s wrong attempts within %(minutes)s minutes."), FOLDER, SIGN_IN,
    ),
    AlertKind(
        "signin.address", _("Many wrong passwords from one address"),
        _("%(count)s wrong attempts with %(names)s names within %(minutes)s minutes."), FOLDER, SIGN_IN,
    ),
    AlertKind(
        "signin.success", _("Signed in after many wrong passwords"),
        _("The right password came after %(count)s wrong ones."), FOLDER, SIGN_IN,
    ),
    AlertKind(
        "signin.new", _("Wide rights used from a new place"),
        _("The browser or the network was not used in the last %(days)s days."), FOLDER, SIGN_IN,
    ),
    AlertKind(
        "signin.night", _("Wide rights used at night"), _("Signed in at %(time)s."), FOLDER, SIGN_IN,
    ),
    AlertKind(
        "signin.apart", _("One account in two places"),
        _("Two networks and two browsers within %(minutes)s minutes."), FOLDER, SIGN_IN,
    ),
    AlertKind(
        "rights.self", _("Gave a post to oneself"), _("The post “%(post)s” was given by the one who took it."), FOLDER,
        RIGHTS,
    ),
    AlertKind(
        "rights.wide", _("A post with wide rights was given"), _("The post “%(post)s” was given."), FOLDER, RIGHTS,
    ),
    AlertKind(
        "rights.post", _("What a post allows was changed"), _("It allows %(count)s things now."), FOLDER, RIGHTS,
    ),
    AlertKind("rights.key", _("A key for another system was issued"), _("The key “%(name)s”."), FOLDER, RIGHTS),
    AlertKind(
        "export.peak", _("Far more taken out than usual"),
        _("%(rows)s rows today; on days with exports %(usual)s are usual."), FOLDER, DATA,
    ),
    AlertKind(
        "ledger.broken", _("The use ledger does not verify"), _("%(problems)s faults were found."), FOLDER, LEDGER,
    ),
    AlertKind(
        "ledger.unverified", _("The whole ledger was not verified"), _("The last time was %(hours)s hours ago."),
        FOLDER, LEDGER,
    ),
    AlertKind(
        "ledger.waiting", _("Entries of the ledger wait to be sealed"), _("The first one for %(minutes)s minutes."),
        FOLDER, LEDGER,
    ),
    AlertKind(
        "ledger.keys", _("The key ring is not that of the ledger"), _("Nothing is sealed until the right one is back."),
        FOLDER, LEDGER,
    ),
    AlertKind(
        "ledger.tree", _("The tree of the ledger is damaged"), _("Nothing is sealed until it is restored."), FOLDER,
        LEDGER,
    ),
    AlertKind(
        "ledger.witness", _("A witness holds another ledger"),
        _("The heads of %(node)s and of this node do not agree."), FOLDER, LEDGER,
    ),
    AlertKind(
        "clock.back", _("The clock was set back"), _("It stands before the newest seal; nothing is sealed."), FOLDER,
        LEDGER,
    ),
    AlertKind(
        "watch.failed", _("A watcher can't look"), _("The watcher “%(code)s” stumbled; the log says over what."),
        FOLDER, WATCH,
    ),
)  # fmt: skip
