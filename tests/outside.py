"""A small HTTP server on the other side: keeps what it was sent, answers as it is told, or hangs."""

import threading
import time
from contextlib import contextmanager
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
