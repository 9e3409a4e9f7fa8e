"""What goes out goes to public addresses, to the host that was named, and not longer than the time given."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest

from linli.kernel import api as kernel
from linli.kernel.rules.outside import may_be_called
from linli.kernel.rules.pauses import PAUSES, pause_after

LOCAL = ["127.0.0.0/8"]


@contextmanager
def listening(talk):
    """Serve one connection after the other with `talk(connection)`."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                plug, _ = server.accept()
            except OSError:
                return
            with plug, suppress(OSError):
                talk(plug)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/hook?a=1"
    finally:
        server.close()


def answer(status):
    def talk(plug):
        plug.recv(65536)
        plug.sendall(b"HTTP/1.1 %d X\r\nLocation: http://127.0.0.1/\r\nContent-Length: 2\r\n\r\nok" % status)

    return talk


def send(url, **more):
    return kernel.post_out(url=url, body=b"{}", headers={"X-Mark": "1"}, **more)


@pytest.fixture(autouse=True)
def allow(settings):
    settings.LINLI_OUTGOING_ALLOW = LOCAL


@pytest.mark.parametrize("status", [200, 302, 500])
def test_the_answer_is_told_and_redirections_are_not_followed(status):
    with listening(answer(status)) as url:
        told = send(url)
    assert (told.status, told.body, told.is_good) == (status, b"ok", status == 200)


@pytest.mark.slow
def test_who_drips_is_cut_off():
    def drip(plug):
        plug.recv(65536)
        for _ in range(100):
            plug.sendall(b"H")
            time.sleep(0.05)

    with listening(drip) as url:
        began = time.monotonic()
        with pytest.raises(kernel.OutgoingError):
            send(url, seconds=0.3)
        assert time.monotonic() - began < 4, "the whole would take five seconds"


def test_who_says_nothing_is_cut_off():
    with listening(lambda _plug: time.sleep(1)) as url, pytest.raises(kernel.OutgoingError):
        send(url, seconds=0.2)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "https://", "https://a:b@example.org/", "https://example.org:x/", "javascript:alert(1)",
        "http://[::1", "",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(kernel.OutgoingError):
        kernel.check_target(url)


def test_private_addresses_are_refused_by_what_the_name_leads_to(settings):
    settings.LINLI_OUTGOING_ALLOW = []
    with listening(answer(200)) as url:
        for one in (url, url.replace("127.0.0.1", "localhost"), url.replace("127.0.0.1", "2130706433")):
            with pytest.raises(kernel.OutgoingError):
                send(one)
        assert send(url, trusted=True).is_good, "the operator's own setting"


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("93.184.216.34", True), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False),
        ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False), ("2606:2800:220:1:248:1893:25c8:1946", True), ("::", False),
    ],
)  # fmt: skip
def test_only_public_addresses_may_be_called(address, may):
    assert may_be_called(address, []) is may


def test_a_network_that_the_operator_names_may_be_called():
    assert may_be_called("10.2.3.4", ["10.2.0.0/16"])
    assert may_be_called("::ffff:10.2.3.4", ["10.2.0.0/16"])
    assert not may_be_called("10.3.0.1", ["10.2.0.0/16"])


def test_pauses_grow_over_two_days_and_end():
    assert list(PAUSES) == sorted(PAUSES)
    assert sum(PAUSES, timedelta()) > timedelta(days=2)
    assert pause_after(1) == timedelta(minutes=1)
    assert pause_after(len(PAUSES)) is not None
    assert pause_after(len(PAUSES) + 1) is None
