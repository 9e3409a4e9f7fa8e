"""A whole node under one command: one instance per data folder, database, migrations, demo county, processes."""

import contextlib
import fcntl
import json
import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

from django.utils.translation import gettext_noop as _

from linli.site.runtime import cluster, folders, logfiles, logship, postgres, supervise, web
from linli.site.runtime.trouble import Trouble, in_terminal_language

ACCOUNTS = "demo-accounts.json"
SECONDS_TO_ANSWER = 60
TERMINATED = 128 + signal.SIGTERM


@contextlib.contextmanager
def only_instance() -> Iterator[None]:
    """Hold this data folder alone for as long as the node runs. Raises Trouble where another one holds it."""
    path = folders.own_folder() / "node.lock"
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _already_running(path.read_text().strip()) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextlib.contextmanager
def claim() -> Iterator[None]:
    """Hold the data folder and a free port, provide the database, and stop the embedded one however it ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job begins with it ignored
    with only_instance():
        host, port = web.place()
        web.require_free(host, port)
        logfiles.days_kept()
        logship.remote()
        if host not in web.LOOPBACK and not {"LINLI_ALLOWED_HOSTS", "LINLI_PUBLIC_URL"} & set(os.environ):
            os.environ["LINLI_ALLOWED_HOSTS"] = "*"
        postgres.provide()
        try:
            yield
        finally:
            _stop_database()


def require_stopped() -> None:
    """Raise Trouble while a node runs on this data folder."""
    with only_instance():
        pass


def serve(host: str, port: int, *, clean: Callable[[str], str]) -> None:
    """Run web, worker and relay until asked to stop; keep what they say, made plain by `clean`, and carry it on.

    They are told of no address but that of the role that works; this process keeps the owner's.
    """
    around = {**web.environment(), postgres.ADDRESS: postgres.working_address(os.environ[postgres.ADDRESS])}
    linli = [sys.executable, "-m", "linli"]
    behind = [sys.executable, "-m", "linli.site.runtime.behind"]
    supervisor = supervise.Supervisor(
        [
            supervise.Program("web", web.command(host, port), around),
            supervise.Program("worker", [*behind, *linli, "worker"], around),
            supervise.Program("relay", [*linli, "relay"], around),
        ],
        keep=logfiles.Keeper(clean).keep,
    )
    if target := logship.remote():
        threading.Thread(target=logship.Shipper(target).run, daemon=True).start()
    threading.Thread(target=_announce, args=(host, port), daemon=True).start()
    supervisor.run()


def _stop_database() -> None:
    """Stop the embedded server, unless another command still works on it."""
    if postgres.is_embedded() and not cluster.others_connected():
        cluster.stop()


def _already_running(process: str) -> Trouble:
    folder = folders.data_folder()
    return Trouble(
        _(
            "Linli already runs on {folder} (process {process}); "
            "stop that one, or set LINLI_DATA and LINLI_PORT for a second."
        ),
        folder=folder,
        process=process or "?",
    )


def _announce(host: str, port: int) -> None:
    """Say where to look once the pages answer."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  only compared, never bound
    address = f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
    limit = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < limit and not _answers(address):
        time.sleep(0.1)
    serving = in_terminal_language(_("Serving at {address}; Ctrl-C stops."), address=address)
    for line in [*serving.splitlines(), *demo_accounts()]:
        supervise.say("linli", line)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  our own http address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def demo_accounts() -> list[str]:
    """Return what to say of the demo accounts, as the demo county wrote them down; nothing where there is none."""
    path = folders.data_folder() / ACCOUNTS
    if not path.is_file():
        return []
    known = json.loads(path.read_text("utf-8"))
    lines = [f"  {one['username']:<12}{one['post']}  {one['unit']}  {one['name']}" for one in known["accounts"]]
    told = in_terminal_language(_("Demo accounts, all with the password {password}:"), password=known["password"])
    return [*told.splitlines(), *lines]
