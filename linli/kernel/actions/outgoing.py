"""Send something over HTTP to somebody else: to public addresses only, once, and never longer than the time given."""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.kernel.rules.outside import is_socket, may_be_called, may_be_plugged

SECONDS, MOST_READ, GOOD = 10.0, 4096, range(200, 300)


class OutgoingError(Exception):
    """It was not sent, or nobody knows: `str()` is a sentence for the officer who looks after it."""


@dataclass(frozen=True)
class OutgoingAnswer:
    """What the other side said: the status, and the beginning, 4 kB where no more is asked for."""

    status: int
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether it was taken (2xx). Redirections are not followed, so they are not good."""
        return self.status in GOOD


def check_target(url: str) -> SplitResult:
    """Return the parts of an address that may be called in principle. Raises OutgoingError."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises for a port that is none
    except ValueError:
        raise OutgoingError(str(_("This is not a web address."))) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise OutgoingError(str(_("The address begins with https:// and names a host.")))
    if parts.username or parts.password:
        raise OutgoingError(str(_("The address can't hold a name and a password.")))
    return parts


def reachable(host: str, port: int) -> str:
    """Return the network address at which a host may be called: public, or named by LINLI_OUTGOING_ALLOW.

    Call that address and not the name again, which may lead elsewhere by then. Raises OutgoingError.
    """
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, ValueError) as error:
        raise OutgoingError(_reason(error)) from error
    may = [one for one in found if may_be_called(one, settings.LINLI_OUTGOING_ALLOW)]
    if not may:
        raise OutgoingError(str(_("This address is inside a private network; the operator has not allowed it.")))
    return may[0]


def reachable_socket(path: str) -> None:
    """Return where a socket of this machine, or its folder, is named by LINLI_OUTGOING_ALLOW. Raises OutgoingError."""
    if not is_socket(path) or not may_be_plugged(path, settings.LINLI_OUTGOING_ALLOW):
        raise OutgoingError(str(_("This address is a socket of this machine; the operator has not allowed it.")))


def post_out(
    *,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    seconds: float = SECONDS,
    trusted: bool = False,
    most: int = MOST_READ,
) -> OutgoingAnswer:
    """Post the body and return the answer; after `seconds` the connection is cut, whatever the other side does.

    Of the answer at most `most` bytes are read.

    Private addresses are refused unless LINLI_OUTGOING_ALLOW names their network, and so is plain http; `trusted` is
    for addresses that the operator wrote into the settings. Redirections are not followed. Raises OutgoingError.
    """
    parts = check_target(url)
    try:
        with contextlib.ExitStack() as stack:
            held = stack.enter_context(_cut_after(seconds))
            held.plug = _connected(parts, seconds, trusted=trusted)
            if parts.scheme == "https":
                held.plug = ssl.create_default_context().wrap_socket(held.plug, server_hostname=parts.hostname)
            return _exchange(held.plug, parts, body, headers, most)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise OutgoingError(_reason(error)) from error


@dataclass
class _Held:
    """The connection as it is now: TLS takes it over from the plain one."""

    plug: socket.socket | None = None

    def cut(self) -> None:
        """End it, so that whoever waits for it wakes up."""
        with contextlib.suppress(OSError):
            if self.plug is not None:
                self.plug.shutdown(socket.SHUT_RDWR)


def _connected(parts: SplitResult, seconds: float, *, trusted: bool) -> socket.socket:
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    may = [one for one in found if trusted or may_be_called(one, settings.LINLI_OUTGOING_ALLOW)]
    if not may:
        raise OutgoingError(str(_("This address is inside a private network; the operator has not allowed it.")))
    if parts.scheme == "http" and not trusted and may_be_called(may[0], ()):
        raise OutgoingError(str(_("Outside the own network the address begins with https://.")))
    return socket.create_connection((may[0], port), timeout=seconds)


@contextlib.contextmanager
def _cut_after(seconds: float) -> Iterator[_Held]:
    """Cut the connection after so many seconds: a timeout of the socket alone ends no drip of single bytes."""
    held = _Held()
    timer = threading.Timer(seconds, held.cut)
    timer.daemon = True
    timer.start()
    try:
        yield held
    finally:
        timer.cancel()
        if held.plug is not None:
            held.plug.close()


def _exchange(
    plug: socket.socket, parts: SplitResult, body: bytes, headers: Mapping[str, str], most: int
) -> OutgoingAnswer:
    line = http.client.HTTPConnection(str(parts.hostname), parts.port)
    line.sock = plug
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    line.request("POST", path, body, {"User-Agent": "Linli", "Connection": "close", **headers})
    answer = line.getresponse()
    return OutgoingAnswer(answer.status, answer.read(most))


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return str(_("The other side did not answer in time."))
    if isinstance(error, ssl.SSLError):
        return str(_("The other side has no good certificate."))
    if isinstance(error, socket.gaierror):
        return str(_("There is no host of this name."))
    if isinstance(error, http.client.HTTPException | ConnectionResetError):
        return str(_("The other side hung up, or was cut off, before it answered."))
    return str(_("The other side can't be reached."))
