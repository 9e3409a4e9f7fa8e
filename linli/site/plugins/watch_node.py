"""Watchers of the machine and of what surrounds it: disk, backup, certificate, logs, advisories."""

import shutil
import socket
import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.site.actions.advisories import MARK, kept_advisories
from linli.site.queries.parts import parts_here
from linli.site.rules.advisories import affected
from linli.site.runtime import folders, logfiles, logship, noted
from linli.trust import api as trust
from linli.trust import slots

FOLDER = Path(__file__).resolve().parents[1] / "playbooks"
SECONDS, SOON = 10.0, 7
NODE_ITSELF, SOFTWARE, LOGS = gettext_lazy("the node"), gettext_lazy("software"), gettext_lazy("logs")
CERTIFICATE = "certificate"
KINDS = (
    slots.AlertKind("tls.age", gettext_lazy("A certificate ends soon"),
              gettext_lazy("In %(days)s days; 0 where it has ended or can't be read."), FOLDER, NODE_ITSELF),
    slots.AlertKind("backup.age", gettext_lazy("The newest backup is too old"),
              gettext_lazy("It is %(hours)s hours old."), FOLDER, NODE_ITSELF),
    slots.AlertKind("disk.space", gettext_lazy("The disk is nearly full"),
              gettext_lazy("%(percent)s per cent are free."), FOLDER, NODE_ITSELF),
    slots.AlertKind("advisory.found", gettext_lazy("A part has a known vulnerability"),
              gettext_lazy("%(name)s %(version)s: %(id)s."), FOLDER, SOFTWARE),
    slots.AlertKind("advisory.age", gettext_lazy("Advisories are too old"),
              gettext_lazy("They were taken in %(days)s days ago."), FOLDER, SOFTWARE),
    slots.AlertKind("logs.cut", gettext_lazy("Logs were cut or changed"),
              gettext_lazy("What was noted of %(days)s is no longer so."), FOLDER, LOGS),
    slots.AlertKind("logs.quiet", gettext_lazy("No more logs are written"),
              gettext_lazy("Nothing for %(minutes)s minutes."), FOLDER, LOGS),
    slots.AlertKind("logs.shipping", gettext_lazy("Logs do not reach the log server"),
              gettext_lazy("Nothing for %(minutes)s minutes."), FOLDER, LOGS),
)  # fmt: skip


def watch_disk(*, now: datetime, limits: slots.Limits) -> Iterator[slots.Sighting]:
    """See whether the disk that holds the data is nearly full."""
    percent = _free()
    if percent < limits["disk_percent"]:
        yield slots.Sighting("disk.space", f"{now:%Y-%m-%d}", slots.NODE, slots.URGENT, {"percent": percent})


def watch_backup(*, now: datetime, limits: slots.Limits) -> Iterator[slots.Sighting]:
    """See whether the newest backup is too old; a node that never made one counts from its first log or today."""
    last = noted.newest()
    since = last.at if last else _first_day(now)
    hours = round((now - since).total_seconds() / 3600)
    if hours > limits["backup_hours"]:
        yield slots.Sighting("backup.age", f"{now:%Y-%m-%d}", slots.NODE, slots.WARNING, {"hours": hours})


def watch_certificate(*, now: datetime, limits: slots.Limits) -> Iterator[slots.Sighting]:
    """Read the certificate of the public address, and see when it ends."""
    parts = urlsplit(settings.PUBLIC_URL)
    if parts.scheme != "https" or not parts.hostname:
        return
    try:
        end = certificate_end(parts.hostname, parts.port or 443)
    except (OSError, ValueError):
        end = None
    days = max(0, (end - now).days) if end else 0
    trust.remember(code=CERTIFICATE, content={"end": end.isoformat() if end else ""}, now=now)
    if days < limits["certificate_days"]:
        level = slots.URGENT if days < SOON else slots.WARNING
        yield slots.Sighting("tls.age", f"{now:%Y-%m-%d}", slots.NODE, level, {"days": days})


def watch_advisories(*, now: datetime, limits: slots.Limits) -> Iterator[slots.Sighting]:
    """Compare the advisories that were taken in with the parts of this version."""
    kept = trust.mark(MARK)
    if kept is None:
        return
    for one, part in affected(kept_advisories(kept.content), parts_here()):
        seen = {"id": one.id, "name": part.name, "version": part.version}
        yield slots.Sighting("advisory.found", part.version, f"part:{one.id}", slots.WARNING, seen)
    days = (now - kept.at).days
    if days > limits["advisory_days"]:
        yield slots.Sighting("advisory.age", f"{now:%Y-%m-%d}", slots.NODE, slots.NOTE, {"days": days})


def watch_logs(*, now: datetime, limits: slots.Limits) -> Iterator[slots.Sighting]:
    """See whether lines are still written, and carried to the log server."""
    written = _newest_line()
    quiet = round((now - written).total_seconds() / 60) if written else None
    if quiet is not None and quiet > limits["log_minutes"]:
        yield slots.Sighting("logs.quiet", f"{now:%Y-%m-%d}", slots.NODE, slots.WARNING, {"minutes": quiet})
    if logship.remote() is None or written is None:
        return
    said = logship.place().at
    carried = datetime.fromisoformat(said) if said else _first_day(now)
    late = round((written - carried).total_seconds() / 60)
    if late > limits["log_minutes"]:
        yield slots.Sighting("logs.shipping", f"{now:%Y-%m-%d}", slots.NODE, slots.WARNING, {"minutes": late})


def disk_standing(*, now: datetime, limits: slots.Limits) -> Sequence[slots.Standing]:  # noqa: ARG001  one signature
    """Say how much of the disk is free."""
    percent = _free()
    words = _("%(percent)d per cent free") % {"percent": percent}
    return [slots.Standing(_("Disk"), words, "green" if percent >= limits["disk_percent"] else "red")]


def backup_standing(*, now: datetime, limits: slots.Limits) -> Sequence[slots.Standing]:
    """Say when the node was last backed up; each backup is read again when it was written."""
    last = noted.newest()
    if last is None:
        return [slots.Standing(_("Newest backup, verified"), _("none yet"), "amber")]
    is_fresh = now - last.at <= timedelta(hours=limits["backup_hours"])
    return [slots.Standing(_("Newest backup, verified"), _moment(last.at), "green" if is_fresh else "red")]


def certificate_standing(*, now: datetime, limits: slots.Limits) -> Sequence[slots.Standing]:
    """Say when the certificate of the public address ends."""
    if not settings.PUBLIC_URL.startswith("https://"):
        return [slots.Standing(_("Certificate of the public address"), _("no https address is set"), "grey")]
    kept = trust.mark(CERTIFICATE)
    if kept is None or not kept.content["end"]:
        return [slots.Standing(_("Certificate of the public address"), _("not read"), "amber")]
    end = datetime.fromisoformat(kept.content["end"])
    is_good = end - now >= timedelta(days=limits["certificate_days"])
    words = _("ends %(day)s") % {"day": f"{timezone.localtime(end):%Y-%m-%d}"}
    return [slots.Standing(_("Certificate of the public address"), words, "green" if is_good else "red")]


def advisory_standing(*, now: datetime, limits: slots.Limits) -> Sequence[slots.Standing]:
    """Say how old the advisories are, and how many parts are affected."""
    kept = trust.mark(MARK)
    if kept is None:
        return [slots.Standing(_("Advisories"), _("none taken in: linli advisories import FILE"), "amber")]
    found = len(affected(kept_advisories(kept.content), parts_here()))
    words = _("taken in %(when)s, newest of %(newest)s, %(found)d about parts in use") % {
        "when": _moment(kept.at), "newest": kept.content["newest"] or "—", "found": found,
    }  # fmt: skip
    is_fresh = now - kept.at <= timedelta(days=limits["advisory_days"])
    return [slots.Standing(_("Advisories"), words, "red" if found else "green" if is_fresh else "amber")]


def log_standing(*, now: datetime, limits: slots.Limits) -> Sequence[slots.Standing]:  # noqa: ARG001  one signature
    """Say since when logs are kept, and how far they were carried."""
    days = list(logfiles.files())
    words = _("since %(day)s, %(days)d days are kept") % {"day": days[0], "days": logfiles.days_kept()} if days else ""
    lines = [slots.Standing(_("Logs on this machine"), words or _("none so far"), "green" if days else "amber")]
    if logship.remote() is None:
        return [*lines, slots.Standing(_("Logs off the machine"), _("not set up"), "amber")]
    said = logship.place().at
    return [
        *lines,
        slots.Standing(_("Logs off the machine"), _moment(datetime.fromisoformat(said)) if said else _("none so far")),
    ]


def certificate_end(host: str, port: int) -> datetime:
    """Return when the certificate that a server shows ends, whoever signed it. Raises OSError, ValueError."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # one that has ended is to be read, too
    with (
        socket.create_connection((host, port), timeout=SECONDS) as plug,
        context.wrap_socket(plug, server_hostname=host) as sealed,
    ):
        shown = sealed.getpeercert(binary_form=True)
    if not shown:
        raise ValueError(host)
    from cryptography import x509  # noqa: PLC0415  slow to import, and only this look needs it

    return x509.load_der_x509_certificate(shown).not_valid_after_utc


WATCHERS = (
    slots.Watcher("disk", gettext_lazy("Disk space"), watch_disk, timedelta(minutes=10), disk_standing),
    slots.Watcher("backup", gettext_lazy("Age of the backup"), watch_backup, timedelta(hours=1), backup_standing),
    slots.Watcher("certificate", gettext_lazy("Certificate"), watch_certificate, timedelta(hours=6),
                  certificate_standing),
    slots.Watcher("advisories", gettext_lazy("Advisories of vulnerabilities"), watch_advisories, timedelta(hours=1),
                  advisory_standing),
    slots.Watcher("logs", gettext_lazy("Keeping of logs"), watch_logs, timedelta(minutes=10), log_standing),
)  # fmt: skip


def _free() -> int:
    usage = shutil.disk_usage(folders.data_folder())
    return round(usage.free * 100 / usage.total)


def _first_day(now: datetime) -> datetime:
    """Return since when this node says something; now, where it has not said anything yet."""
    days = list(logfiles.files())
    return datetime.combine(days[0], datetime.min.time(), logfiles.ZONE) if days else now


def _newest_line() -> datetime | None:
    paths = list(logfiles.files().values())
    return datetime.fromtimestamp(paths[-1].stat().st_mtime, UTC) if paths else None


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
