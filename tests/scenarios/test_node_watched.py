"""The site's watchers: logs kept, carried and compared; backups, certificates, advisories, the disk."""

import io
import json
import logging
import socket
import ssl
import tarfile
import threading
from collections import namedtuple
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import call_command
from django.core.management.base import CommandError

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel.rules.logs import JsonLines
from linli.site import checks
from linli.site.plugins import watch_node
from linli.site.plugins.config_watch import NoticeTerms, WatchLimits
from linli.site.rules.advisories import advisories_in, affected
from linli.site.rules.sbom import Part
from linli.site.rules.syslog import message_of
from linli.site.runtime import archive, folders, logfiles, logship, noted
from linli.site.runtime.lognotes import note_logs
from linli.site.runtime.trouble import Trouble
from linli.trust import api as trust
from linli.trust.models import LedgerEntry, SecurityAlert
from linli.trust.rules.watch_limits import shipped_limits

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LIMITS = shipped_limits()


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("LINLI_DATA", str(tmp_path))
    for name in ("LINLI_LOG_DAYS", "LINLI_LOG_REMOTE", "LINLI_DEBUG"):
        monkeypatch.delenv(name, raising=False)


def a_keeper(now=NOON):
    return logfiles.Keeper(kernel.plain, clock=lambda: now)


def kept(day="2026-11-24"):
    path = logfiles.folder() / f"{day}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def seen(look, now=NOON):
    return [one.kind for one in look(now=now, limits=LIMITS)]


def test_lines_are_kept_a_file_a_day_by_the_local_midnight():
    a_keeper().keep("web", '{"at": "x", "level": "error", "message": "m"}')
    a_keeper(datetime(2026, 11, 24, 15, 59, tzinfo=UTC)).keep("relay", "ended with 1")
    a_keeper(datetime(2026, 11, 24, 16, 1, tzinfo=UTC)).keep("web", "{broken")
    assert [one["program"] for one in kept()] == ["web", "relay"]
    assert kept()[0] == {"program": "web", "at": "x", "level": "error", "message": "m"}
    assert kept("2026-11-25")[0]["message"] == "{broken"


def test_no_numbers_of_people_reach_the_kept_logs():
    record = logging.LogRecord("linli", logging.INFO, "f", 1, "call 13812345678, 43010219491231002X", (), None)
    a_keeper().keep("web", JsonLines().format(record))
    a_keeper().keep("worker", "Traceback: 13812345678 of 430102194912310027")
    text = (logfiles.folder() / "2026-11-24.jsonl").read_text("utf-8")
    assert "1381234" not in text
    assert "4301021949" not in text
    assert text.count("…") == 4


def test_a_disk_that_takes_nothing_does_not_stop_the_node():
    keeper = a_keeper()
    (logfiles.folder() / "2026-11-24.jsonl").mkdir()
    keeper.keep("web", "x")


@pytest.mark.parametrize(("given", "debug", "days"), [("", "", 184), ("400", "", 400), ("180", "", 180), ("7", "1", 7)])
def test_logs_are_kept_half_a_year_at_least(monkeypatch, given, debug, days):
    monkeypatch.setenv("LINLI_LOG_DAYS", given)
    monkeypatch.setenv("LINLI_DEBUG", debug)
    assert logfiles.days_kept() == days


@pytest.mark.parametrize("given", ["179", "0", "-1", "half", "1e9"])
def test_fewer_days_than_the_law_wants_are_refused(monkeypatch, given):
    monkeypatch.setenv("LINLI_LOG_DAYS", given)
    with pytest.raises(Trouble, match="180"):
        logfiles.days_kept()
    assert [one.id for one in checks.log_keeping()] == ["site.E001"]


def write_days(*days):
    for day in days:
        a_keeper(datetime(day.year, day.month, day.day, 4, tzinfo=UTC)).keep("web", f"said on {day}")


@pytest.fixture
def _keys(keys_in_memory):
    """Give the ledger its keys."""


@pytest.mark.django_db
@pytest.mark.usefixtures("_keys")
def test_finished_days_are_noted_in_the_ledger_once():
    write_days(date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24))
    assert note_logs(now=NOON) == []
    assert note_logs(now=NOON, whole=True) == []
    rows = LedgerEntry.objects.filter(object_kind="trust.log").order_by("object_id")
    assert list(rows.values_list("object_id", flat=True)) == ["2026-11-22", "2026-11-23"]
    assert rows[0].elements[0].startswith("sha256:")


@pytest.mark.django_db
@pytest.mark.usefixtures("_keys")
def test_a_day_that_is_shorter_gone_or_altered_is_seen():
    write_days(date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23))
    note_logs(now=NOON)
    logs = logfiles.folder()
    (logs / "2026-11-21.jsonl").unlink()
    (logs / "2026-11-22.jsonl").write_text("short\n")
    altered = logs / "2026-11-23.jsonl"
    altered.write_text(altered.read_text().replace("said", "sung"))
    assert note_logs(now=NOON) == ["2026-11-21", "2026-11-22"]
    assert note_logs(now=NOON, whole=True) == ["2026-11-21", "2026-11-22", "2026-11-23"]
    assert SecurityAlert.objects.get().kind == "logs.cut"


@pytest.mark.django_db
@pytest.mark.usefixtures("_keys")
def test_the_day_that_goes_on_may_only_grow():
    write_days(date(2026, 11, 24))
    note_logs(now=NOON)
    write_days(date(2026, 11, 24))
    assert note_logs(now=NOON) == []
    path = logfiles.folder() / "2026-11-24.jsonl"
    path.write_text("y" + path.read_text()[1:] + "more")
    assert note_logs(now=NOON) == ["2026-11-24"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_keys")
def test_days_past_their_time_are_deleted_and_no_alert():
    write_days(date(2026, 1, 2), date(2026, 11, 23))
    note_logs(now=datetime(2026, 1, 3, 4, tzinfo=UTC))
    assert note_logs(now=NOON) == []
    assert list(logfiles.files()) == [date(2026, 11, 23)]
    assert [one.pk for one in trust.marks("log:")] == ["log:2026-11-23"]


@pytest.fixture
def log_server():
    """Listen as a syslog server; `taken` is what came."""
    listener = socket.create_server(("127.0.0.1", 0))
    taken = []

    def serve():
        while True:
            try:
                plug, _who = listener.accept()
            except OSError:
                return
            with plug:
                while block := plug.recv(65536):
                    taken.append(block)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1], taken
    listener.close()


def frames(taken):
    data, found = b"".join(taken), []
    while data:
        length, _space, rest = data.partition(b" ")
        found.append(rest[: int(length)].decode())
        data = rest[int(length) :]
    return found


def test_lines_are_carried_to_the_log_server_once_and_in_order(monkeypatch, log_server):
    port, taken = log_server
    monkeypatch.setenv("LINLI_LOG_REMOTE", f"tcp://127.0.0.1:{port}")
    shipper = logship.Shipper(logship.remote())
    write_days(date(2026, 11, 23), date(2026, 11, 24))
    assert (shipper.carry(), shipper.carry()) == (2, 0)
    write_days(date(2026, 11, 24))
    assert shipper.carry() == 1
    for _try in range(100):
        if len(frames(taken)) == 3:
            break
        threading.Event().wait(0.02)
    first = frames(taken)[0]
    assert first.startswith("<134>1 2026-11-23T")
    assert " linli-web - - - {" in first
    assert "said on 2026-11-23" in first


def test_what_could_not_be_carried_waits_and_is_told_of(monkeypatch, log_server):
    port, _taken = log_server
    monkeypatch.setenv("LINLI_LOG_REMOTE", "tcp://127.0.0.1:1")
    write_days(date(2026, 11, 20))
    with pytest.raises(OSError, match=r"."):
        logship.Shipper(logship.remote()).carry()
    assert "logs.shipping" in seen(watch_node.watch_logs)
    monkeypatch.setenv("LINLI_LOG_REMOTE", f"tcp://127.0.0.1:{port}")
    assert logship.Shipper(logship.remote()).carry() == 1
    assert "logs.shipping" not in seen(watch_node.watch_logs)


@pytest.mark.parametrize("given", ["udp://x:1", "x:514", "tls://", "tcp://host:port"])
def test_a_log_server_that_is_none_is_refused(monkeypatch, given):
    monkeypatch.setenv("LINLI_LOG_REMOTE", given)
    with pytest.raises(Trouble, match="LINLI_LOG_REMOTE"):
        logship.remote()


def test_the_check_warns_of_logs_that_stay_here_or_go_openly(monkeypatch):
    assert [one.id for one in checks.log_keeping()] == ["site.W001"]
    monkeypatch.setenv("LINLI_LOG_REMOTE", "tcp://logs.example.org")
    assert [one.id for one in checks.log_keeping()] == ["site.W002"]
    monkeypatch.setenv("LINLI_LOG_REMOTE", "tls://logs.example.org")
    assert checks.log_keeping() == []


def test_severity_and_length_of_a_message_are_those_of_the_line():
    line = '{"program": "web", "at": "2026-11-24T04:00:00.000+00:00", "level": "error", "message": "坏"}\n'
    framed = message_of(line, host="a host")
    length, _space, rest = framed.partition(b" ")
    assert int(length) == len(rest)
    assert rest.decode().startswith("<131>1 2026-11-24T04:00:00.000+00:00 ahost linli-web - - - {")


def test_quiet_logs_are_told_of_and_none_at_all_are_not():
    assert seen(watch_node.watch_logs) == []
    write_days(date(2026, 11, 24))
    assert seen(watch_node.watch_logs, now=kernel.now() + timedelta(minutes=61)) == ["logs.quiet"]
    assert seen(watch_node.watch_logs, now=kernel.now() + timedelta(minutes=5)) == []


def test_a_backup_counts_when_it_was_read_again(tmp_path):
    assert seen(watch_node.watch_backup) == []
    write_days(date(2026, 11, 20))
    assert seen(watch_node.watch_backup) == ["backup.age"]
    made = archive.Manifest(made=NOON.isoformat(), linli="1", postgres=18, migrations=[])
    noted.note(made, bytes_written=5, folder=tmp_path)
    assert seen(watch_node.watch_backup, now=NOON + timedelta(hours=48)) == []
    assert seen(watch_node.watch_backup, now=NOON + timedelta(hours=50)) == ["backup.age"]


def test_a_backup_with_one_changed_byte_is_not_verified(tmp_path):
    target = tmp_path / "b.tar"
    with tarfile.open(target, "w") as tar:
        writer = archive.Writer(tar, archive.Manifest(made="x", linli="1", postgres=18, migrations=[]))
        writer.add_bytes("part", b"hello backup")
        writer.finish()
    assert archive.verify(target).linli == "1"
    target.write_bytes(target.read_bytes().replace(b"hello backup", b"hallo backup"))
    with pytest.raises(Trouble):
        archive.verify(target)


@pytest.mark.parametrize(("free", "kinds"), [(5, ["disk.space"]), (50, [])])
def test_a_disk_that_is_nearly_full(monkeypatch, free, kinds):
    usage = namedtuple("usage", "total used free")(100, 100 - free, free)  # noqa: PYI024  as shutil has it
    monkeypatch.setattr(watch_node.shutil, "disk_usage", lambda _path: usage)
    assert seen(watch_node.watch_disk) == kinds


@pytest.fixture
def tls_server(tmp_path):
    """Serve TLS with a certificate that ends in twenty days of NOON."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(NOON - timedelta(days=1))
    shown = builder.not_valid_after(NOON + timedelta(days=20)).sign(key, hashes.SHA256())
    pem = tmp_path / "server.pem"
    plain = serialization.NoEncryption()
    kind = serialization.PrivateFormat.PKCS8
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, kind, plain) + shown.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                plug, _who = listener.accept()
                with plug, context.wrap_socket(plug, server_side=True) as sealed:
                    sealed.recv(1)
            except OSError:
                if listener.fileno() < 0:
                    return

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


@pytest.mark.django_db
def test_a_certificate_that_ends_soon_or_cannot_be_read(settings, tls_server):
    assert seen(watch_node.watch_certificate) == []
    settings.PUBLIC_URL = f"https://127.0.0.1:{tls_server}"
    (found,) = watch_node.watch_certificate(now=NOON, limits=LIMITS)
    assert (found.kind, found.seen["days"], found.level) == ("tls.age", 20, 2)
    assert seen(watch_node.watch_certificate, now=NOON - timedelta(days=90)) == []
    settings.PUBLIC_URL = "https://127.0.0.1:1"
    (found,) = watch_node.watch_certificate(now=NOON, limits=LIMITS)
    assert (found.seen["days"], found.level) == (0, 3)


def an_advisory(**changes):
    return {
        "id": "GHSA-test", "modified": "2026-11-01T00:00:00Z", "summary": "bad",
        "affected": [{
            "package": {"ecosystem": "PyPI", "name": "Django"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "5.0"}, {"fixed": "5.2.10"}]}],
        }],
        **changes,
    }  # fmt: skip


@pytest.mark.parametrize(("version", "is_affected"), [
    ("4.2", False), ("5.0", True), ("5.2.9", True), ("5.2.10", False), ("6.0", False), ("not a version", False),
])  # fmt: skip
def test_versions_are_compared_as_versions(version, is_affected):
    parts = [Part("pypi", "django", version, "")]
    assert bool(affected(advisories_in(an_advisory()), parts)) is is_affected


def test_listed_versions_last_affected_ones_and_withdrawn_advisories():
    npm = {"package": {"ecosystem": "npm", "name": "htmx.org"}, "versions": ["2.0.0"],
           "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"last_affected": "1.9.0"}]}]}  # fmt: skip
    document = an_advisory(affected=[npm])
    found = [
        bool(affected(advisories_in(document), [Part("npm", "htmx.org", v, "")])) for v in ("1.0", "1.9.1", "2.0.0")
    ]
    assert found == [True, False, True]
    assert list(advisories_in(an_advisory(withdrawn="2026-01-01T00:00:00Z"))) == []


@pytest.mark.django_db
def test_advisories_are_taken_in_from_a_folder_and_compared_with_the_lock(tmp_path):
    inbox = tmp_path / "osv"
    inbox.mkdir()
    everything = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]
    affects = [{"package": {"ecosystem": "PyPI", "name": "django"}, "ranges": everything}]
    (inbox / "a.json").write_text(json.dumps(an_advisory(affected=affects)))
    (inbox / "b.json").write_text("{")
    other = [{"package": {"ecosystem": "PyPI", "name": "nobody-uses-this"}, "ranges": everything}]
    (inbox / "c.json").write_text(json.dumps(an_advisory(id="PYSEC-2", affected=other)))
    out = io.StringIO()
    assert seen(watch_node.watch_advisories) == []
    call_command("advisories", "import", str(inbox), stdout=out)
    assert "GHSA-test  django" in out.getvalue()
    assert seen(watch_node.watch_advisories, now=kernel.now()) == ["advisory.found"]
    assert "advisory.age" in seen(watch_node.watch_advisories, now=kernel.now() + timedelta(days=40))
    (line,) = watch_node.advisory_standing(now=kernel.now(), limits=LIMITS)
    assert "2026-11-01" in line.text
    with pytest.raises(CommandError):
        call_command("advisories", "import", str(inbox / "b.json"))


@pytest.mark.django_db
def test_every_watcher_says_how_things_stand():
    lines = [line for one in watch_node.WATCHERS for line in one.stand(now=NOON, limits=LIMITS)]
    assert len(lines) == 6
    assert all(line.text for line in lines)


@pytest.mark.django_db
@pytest.mark.usefixtures("_keys")
def test_limits_and_terms_go_through_the_configuration_file():
    for part, change in ((WatchLimits(), {"name_failures": 3}), (NoticeTerms(), {"operators": {"x": "某运营者"}})):
        wanted = {**part.read(now=NOON), **change}
        assert len(part.changes(wanted, now=NOON)) == 1
        part.write(wanted, by=accounts.SYSTEM, now=NOON)
        assert part.changes(wanted, now=NOON) == []


def test_the_folder_of_logs_is_closed_to_others():
    a_keeper()
    assert folders.own_folder("logs").stat().st_mode & 0o077 == 0
