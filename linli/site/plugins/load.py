"""A load of HTTP requests from one thread over kept-alive connections, with the time of each answer."""

import heapq
import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

HEADER_END = b"\r\n\r\n"
LENGTH = b"content-length:"
SERVER_ERROR = 500
PAUSE = 0.05  # seconds before a cut connection is tried again
PATIENCE = 30.0  # seconds without any sign of the server after which the load gives up

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to the request with this number (from 0), and the seconds it took from the last time it was sent."""

    number: int
    status: int
    seconds: float
    body: bytes


@dataclass
class Answers:
    """What came back in the order of arrival, the numbers of requests that were cut off, and how long it took."""

    all: list[Answer] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    elapsed: float = 0.0

    def percentile_ms(self, share: float) -> float:
        """Return the time in milliseconds under which this share of answers stayed."""
        return percentile_ms([answer.seconds for answer in self.all], share)

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return round(len(self.all) / self.elapsed, 1) if self.elapsed else 0.0

    def others_than(self, *statuses: int) -> list[Answer]:
        """Return the answers with another status than these."""
        return [answer for answer in self.all if answer.status not in statuses]


def percentile_ms(seconds: Iterable[float], share: float) -> float:
    """Return the time in milliseconds under which this share of these stayed; 0 where there are none."""
    ranked = sorted(seconds)
    return round(ranked[min(len(ranked) - 1, int(len(ranked) * share))] * 1000, 2) if ranked else 0.0


def send_all(
    address: Address,
    requests: Iterable[bytes],
    *,
    clients: int,
    seconds: float | None = None,
    insist: bool = False,
    kept_alive: bool = True,
) -> Answers:
    """Send requests over `clients` connections until they, or the seconds, are used up.

    Not `kept_alive`, each request has a connection of its own, as of people who come and go.

    A request that is cut off, or answered by a server error, is listed in `cut`; with `insist` it is also sent again
    until it is answered. Raises ConnectionError when the server gives no sign for 30 seconds.
    """
    load = _Load(address, enumerate(requests), insist=insist, seconds=seconds, kept_alive=kept_alive)
    return load.run(clients)


def read_answer(received: bytes) -> tuple[int, bytes] | None:
    """Return (status, body) once the answer with a Content-Length is whole."""
    head, found, body = received.partition(HEADER_END)
    if not found:
        return None
    lines = head.lower().split(b"\r\n")
    length = next((int(line[len(LENGTH) :]) for line in lines if line.startswith(LENGTH)), None)
    if length is None:
        message = "the load client reads answers with a Content-Length only"
        raise ValueError(message)
    return (int(head.split(b" ", 2)[1]), body) if len(body) >= length else None


class _Client:
    """One connection with at most one request on its way."""

    def __init__(self) -> None:
        self.socket: socket.socket | None = None
        self.received = bytearray()
        self.number = -1
        self.request = b""
        self.sent_at = 0.0

    def send(self, address: Address) -> socket.socket:
        """Send the present request, over a new connection where there is none."""
        if self.socket is None:
            self.socket = socket.create_connection(address, timeout=PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received.clear()
        self.sent_at = time.perf_counter()
        self.socket.sendall(self.request)
        return self.socket

    def read(self) -> tuple[int, bytes] | None:
        """Return (status, body) once it is whole. Raises ConnectionError when the server is gone."""
        chunk = self.socket.recv(262_144) if self.socket else b""
        if not chunk:
            raise ConnectionError
        self.received += chunk
        return read_answer(bytes(self.received))

    def close(self) -> None:
        """Close the connection; the next request opens a new one."""
        if self.socket:
            self.socket.close()
            self.socket = None


class _Load:
    """The loop: which client waits for an answer, and which for another try."""

    def __init__(
        self,
        address: Address,
        requests: Iterator[tuple[int, bytes]],
        *,
        insist: bool,
        seconds: float | None,
        kept_alive: bool,
    ) -> None:
        self.address, self.requests, self.insist, self.kept_alive = address, requests, insist, kept_alive
        self.selector = selectors.DefaultSelector()
        self.later: list[tuple[float, int, _Client]] = []
        self.answers = Answers()
        self.begin = time.perf_counter()
        self.until = self.begin + seconds if seconds else float("inf")

    def run(self, clients: int) -> Answers:
        heard = self.begin
        for _ in range(clients):
            self._go_on(_Client())
        while self.selector.get_map() or self.later:
            ready = self.selector.select(timeout=PAUSE if self.later else 1.0)
            now = time.perf_counter()
            if ready:
                heard = now
            elif now - heard > PATIENCE:
                raise ConnectionError(self.address)
            for key, _events in ready:
                self._hear(key.data)
            while self.later and self.later[0][0] <= now:
                self._send(heapq.heappop(self.later)[2])
        self.answers.elapsed = time.perf_counter() - self.begin
        return self.answers

    def _hear(self, client: _Client) -> None:
        try:
            answer = client.read()
        except OSError:
            self._cut(client)
            return
        if answer is None:
            return
        if answer[0] >= SERVER_ERROR and self.insist:
            self._cut(client)
            return
        self.answers.all.append(Answer(client.number, answer[0], time.perf_counter() - client.sent_at, answer[1]))
        if not self.kept_alive:
            self._forget(client)
        self._go_on(client)

    def _cut(self, client: _Client) -> None:
        self.answers.cut.append(client.number)
        self._forget(client)
        if self.insist:
            self._wait(client)
        else:
            self._go_on(client)

    def _go_on(self, client: _Client) -> None:
        """Take the next request, or leave when there is none."""
        number, request = next(self.requests, (-1, b"")) if time.perf_counter() < self.until else (-1, b"")
        if number < 0:
            self._forget(client)
            return
        client.number, client.request = number, request
        self._send(client)

    def _send(self, client: _Client) -> None:
        new = client.socket is None
        try:
            opened = client.send(self.address)
        except OSError:
            self._forget(client)
            self._wait(client)
            return
        if new:
            self.selector.register(opened, selectors.EVENT_READ, client)

    def _wait(self, client: _Client) -> None:
        heapq.heappush(self.later, (time.perf_counter() + PAUSE, client.number, client))

    def _forget(self, client: _Client) -> None:
        if client.socket and client.socket in self.selector.get_map():
            self.selector.unregister(client.socket)
        client.close()
