"""The other side: a small HTTP server that keeps what it was sent, answers as told or hangs, and an SMTP server."""

import socketserver
import threading
import time
from contextlib import contextmanager
from email import message_from_string
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Target:
    """What the other side got. `status` is its answer, `hangs` for how many seconds it says nothing before it."""

    def __init__(self):
        self.got, self.tries, self.status, self.hangs, self.answer = [], 0, 200, 0, b"ok"
        self.url = ""


@contextmanager
def target():
    """Serve on a free local port."""
    here = Target()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            here.tries += 1
            time.sleep(here.hangs)
            if here.status < 300 and not here.hangs:
                here.got.append((dict(self.headers.items()), body))
            self.send_response(here.status)
            self.send_header("Content-Length", str(len(here.answer)))
            self.end_headers()
            self.wfile.write(here.answer)

        def log_message(self, *words):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here.url = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()


class Mailbox:
    """What an SMTP server took: (to, message). While `refuses`, it takes nothing."""

    def __init__(self):
        self.mails, self.refuses, self.url = [], False, ""


class _Smtp(socketserver.StreamRequestHandler):
    """Just enough of RFC 5321 to take mail."""

    def handle(self):
        self._say("220 here")
        to = ""
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "RCPT":
                to = line.partition("<")[2].rstrip(">")
                self._say("550 no" if self.server.mailbox.refuses else "250 ok")
            elif word == "DATA":
                self._say("354 go on")
                lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                self.server.mailbox.mails.append((to, message_from_string("".join(lines), policy=default)))
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mailbox():
    """Serve SMTP on a free local port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp) as server:
        server.daemon_threads = True
        server.mailbox = Mailbox()
        server.mailbox.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield server.mailbox
        server.shutdown()
