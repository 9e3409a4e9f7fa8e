"""The web server of a node: granian, two workers with one thread each (measured: docs/decisions/0009-web-server.md)."""

import os
import socket
import sys

from django.utils.translation import gettext_noop as _

from linli.site.runtime.trouble import Trouble

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", "8000"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
HIGHEST_PORT = 65535


def place() -> tuple[str, int]:
    """Return where to serve (`LINLI_HOST`, `LINLI_PORT`)."""
    host, port = os.environ.get("LINLI_HOST") or DEFAULT_HOST, os.environ.get("LINLI_PORT") or DEFAULT_PORT
    if not port.isascii() or not port.isdigit() or not 0 < int(port) <= HIGHEST_PORT:
        raise Trouble(
            _("LINLI_PORT is {port}; it must be a number from 1 to {highest}."), port=repr(port), highest=HIGHEST_PORT
        )
    return host, int(port)


def require_free(host: str, port: int) -> None:
    """Raise Trouble when the place cannot be served at: taken, not allowed, or not of this machine."""
    try:
        family, kind, protocol, _name, target = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
            probe.listen(1)
    except PermissionError as error:
        raise Trouble(
            _("Port {port} needs more rights than this user has; set LINLI_PORT to one above 1023."), port=port
        ) from error
    except OSError as error:
        raise Trouble(
            _(
                "Cannot serve at {host} port {port} ({reason}); "
                "stop the other program there, or set LINLI_PORT and LINLI_HOST."
            ),
            host=host,
            port=port,
            reason=error.strerror or error,
        ) from error


def command(host: str, port: int) -> list[str]:
    """Return the command that serves the pages."""
    workers = os.environ.get("LINLI_WEB_WORKERS", "2")
    return [
        *[sys.executable, "-m", "granian", "--interface", "wsgi", "linli.site.wsgi:application"],
        *["--host", host, "--port", str(port), "--workers", workers, "--blocking-threads", "1"],
        *["--http", "1", "--no-ws", "--respawn-failed-workers", "--respawn-interval", "0.5"],
        *["--workers-kill-timeout", "10", "--log-level", "warning"],
    ]


def environment() -> dict[str, str]:
    """Return what the web processes need around them: numeric libraries must not start threads of their own."""
    return {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
