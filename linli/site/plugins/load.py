"""A load of HTTP requests from one thread over kept-alive connections, with the time of each answer."""

import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

HEADER_END = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass
class Answers:
    """What came back: seconds and status of each answer, in the order of arrival, and how long it took in all."""

    seconds: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    unanswered: list[int] = field(default_factory=list)
    elapsed: float = 0.0

    def percentile_ms(self, share: float) -> float:
        """Return the time in milliseconds under which this share of answers stayed."""
        ranked = sorted(self.seconds)
        return round(ranked[min(len(ranked) - 1, int(len(ranked) * share))] * 1000, 2) if ranked else 0.0

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return round(len(self.seconds) / self.elapsed, 1) if self.elapsed else 0.0


class _Client:
    """One connection that sends the next request as soon as its last one is answered."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.received = bytearray()
        self.sent_at = 0.0
        self.current = -1
        self.open()

    def open(self) -> None:
        """Connect, waiting a moment for a server that is starting."""
        for _ in range(200):
            try:
                self.socket = socket.create_connection(self.address, timeout=10)
            except OSError:
                time.sleep(0.1)
            else:
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.received.clear()
                return
        raise ConnectionError(self.address)

    def send(self, number: int, request: bytes) -> None:
        """Send one whole request."""
        self.current, self.sent_at = number, time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> tuple[int, bytes] | None:
        """Return (status, body) once the answer is whole. Raises ConnectionError when the server is gone."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise ConnectionError
        self.received += chunk
        head, found, body = bytes(self.received).partition(HEADER_END)
        if not found:
            return None
        length = next((int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(LENGTH)), 0)
        if len(body) < length:
            return None
        self.received.clear()
        return int(head.split(b" ", 2)[1]), body


def send_all(
    address: tuple[str, int],
    requests: Iterator[bytes],
    *,
    clients: int,
    seconds: float | None = None,
    keep_bodies: bool = False,
    again: Callable[[int], bytes] | None = None,
) -> Answers:
    """Send requests over `clients` connections until they or the seconds are used up.

    A request that is cut off is sent again through `again(number)`, or listed as unanswered.
    """
    answers = Answers()
    numbered = enumerate(requests)
    selector = selectors.DefaultSelector()
    begin = time.perf_counter()
    until = begin + seconds if seconds else float("inf")
    for _ in range(clients):
        client = _Client(address)
        if _next(client, numbered, until):
            selector.register(client.socket, selectors.EVENT_READ, client)
    while selector.get_map():
        for key, _events in selector.select(timeout=30):
            _serve(selector, key.data, numbered, until, answers, keep_bodies=keep_bodies, again=again)
    answers.elapsed = time.perf_counter() - begin
    return answers


def _serve(
    selector: selectors.BaseSelector,
    client: _Client,
    numbered: Iterator[tuple[int, bytes]],
    until: float,
    answers: Answers,
    *,
    keep_bodies: bool,
    again: Callable[[int], bytes] | None,
) -> None:
    try:
        answer = client.read()
    except OSError:
        selector.unregister(client.socket)
        _resume(client, numbered, until, answers, again)
        if client.current >= 0:
            selector.register(client.socket, selectors.EVENT_READ, client)
        return
    if answer is None:
        return
    answers.seconds.append(time.perf_counter() - client.sent_at)
    answers.statuses.append(answer[0])
    if keep_bodies:
        answers.bodies.append(answer[1])
    if not _next(client, numbered, until):
        selector.unregister(client.socket)
        client.socket.close()


def _resume(
    client: _Client,
    numbered: Iterator[tuple[int, bytes]],
    until: float,
    answers: Answers,
    again: Callable[[int], bytes] | None,
) -> None:
    """Connect again after a cut, and repeat what was cut off or go on with the next."""
    client.socket.close()
    number = client.current
    for _ in range(50):
        client.open()
        try:
            if again:
                client.send(number, again(number))
            else:
                answers.unanswered.append(number)
                _next(client, numbered, until)
        except OSError:
            continue
        return
    raise ConnectionError(client.address)


def _next(client: _Client, numbered: Iterator[tuple[int, bytes]], until: float) -> bool:
    client.current = -1
    if time.perf_counter() >= until:
        return False
    number, request = next(numbered, (-1, b""))
    if number < 0:
        return False
    client.send(number, request)
    return True
