"""The load client of the benches: counts, repeats what was cut off, and gives up on a server that is gone."""

import contextlib
import itertools
import os
import socket
import threading

import pytest

from linli.site.plugins import bench_cpu, load
from linli.site.plugins.bench_load import made_before, report_requests, request
from linli.site.rules.reports import reports

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


class Listener:
    """Answers each request by what a function of its number says; None cuts the connection."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.numbers = itertools.count()
        self.seen = []
        self.connections = 0

    def start(self, answer):
        threading.Thread(target=self.accept, args=(answer,), daemon=True).start()
        return self.socket.getsockname(), self.seen

    def accept(self, answer):
        with contextlib.suppress(OSError):
            while True:
                connection, _from = self.socket.accept()
                self.connections += 1
                threading.Thread(target=self.talk, args=(connection, answer), daemon=True).start()

    def talk(self, connection, answer):
        with connection:
            while chunk := connection.recv(65536):
                self.seen.append(chunk)
                said = answer(next(self.numbers))
                if said is None:
                    return
                for part in said if isinstance(said, list) else [said]:
                    connection.sendall(part)


@pytest.fixture
def serve():
    listener = Listener()
    yield listener.start
    listener.socket.close()


def wanted(count):
    return [request("GET", f"/{number}") for number in range(count)]


def test_every_request_is_answered_once(serve):
    address, seen = serve(lambda _number: HELLO)
    answers = load.send_all(address, wanted(50), clients=4)
    assert sorted(answer.number for answer in answers.all) == list(range(50))
    assert {(answer.status, answer.body) for answer in answers.all} == {(200, b"hello")}
    assert len(seen) == 50
    assert answers.per_second > 0
    assert answers.percentile_ms(0.95) >= answers.percentile_ms(0.5) > 0


@pytest.mark.parametrize(("kept_alive", "connections"), [(True, 2), (False, 20)])
def test_connections_are_kept_alive_or_made_anew(serve, kept_alive, connections):
    address, _seen = serve(lambda _number: HELLO)
    answers = load.send_all(address, wanted(20), clients=2, kept_alive=kept_alive)
    assert len(answers.all) == 20
    assert serve.__self__.connections == connections


def test_an_answer_in_pieces_is_put_together(serve):
    address, _seen = serve(lambda _number: [HELLO[:20], HELLO[20:-2], HELLO[-2:]])
    answers = load.send_all(address, wanted(3), clients=1)
    assert [answer.body for answer in answers.all] == [b"hello"] * 3


@pytest.mark.parametrize("answer", [None, b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"])
def test_what_was_cut_off_is_sent_again_by_who_insists(serve, answer):
    address, seen = serve(lambda number: answer if number == 2 else HELLO)
    answers = load.send_all(address, wanted(6), clients=1, insist=True)
    assert [answer.number for answer in answers.all] == [0, 1, 2, 3, 4, 5]
    assert answers.cut == [2]
    assert seen[2] == seen[3]


def test_what_was_cut_off_is_listed_and_left_otherwise(serve):
    address, _seen = serve(lambda number: None if number == 2 else HELLO)
    answers = load.send_all(address, wanted(6), clients=1)
    assert [answer.number for answer in answers.all] == [0, 1, 3, 4, 5]
    assert answers.cut == [2]


@pytest.mark.slow
def test_a_server_that_is_gone_ends_the_load(monkeypatch):
    monkeypatch.setattr(load, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = taken.getsockname()
    with pytest.raises(ConnectionError):
        load.send_all(address, wanted(1), clients=1, insist=True)


def test_the_seconds_end_the_load(serve):
    address, _seen = serve(lambda _number: HELLO)
    answers = load.send_all(address, itertools.cycle(wanted(1)), clients=2, seconds=0.2)
    assert answers.all
    assert answers.elapsed < 30


def test_an_answer_without_a_length_is_not_guessed_at():
    with pytest.raises(ValueError, match="Content-Length"):
        load.read_answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")


def test_reports_are_the_same_each_time_and_differ_from_one_another():
    texts, points = ["路灯不亮，请来修", "井盖坏了，很危险"], [(112.0, 27.9), (112.1, 27.8)]
    once = list(itertools.islice(reports(texts, points), 200))
    assert once == list(itertools.islice(reports(texts, points), 200))
    assert len({str(report) for report in once}) > 190
    assert 100 < sum("reporter_phone" in report for report in once) < 200


def test_each_report_is_sent_with_a_key_of_its_own():
    ground = {"texts": ["路灯不亮，请来修"], "points": [(112.0, 27.9)], "key": "linli_x"}
    sent = made_before(report_requests(ground, prefix="p"), 3)
    for number, one in enumerate(sent):
        head, body = one.split(b"\r\n\r\n", 1)
        assert f"Idempotency-Key: p-{number}\r\n".encode() in head + b"\r\n"
        assert f"Content-Length: {len(body)}".encode() in head


def test_processor_time_grows_with_work():
    before = bench_cpu.seconds_of(os.getpid())
    while bench_cpu.seconds_of(os.getpid()) < before + 0.05:
        sum(range(20_000))
    assert os.getpid() in bench_cpu.descendants(os.getppid())
    assert bench_cpu.seconds_of(2**22 + 1) == 0
