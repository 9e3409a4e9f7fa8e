"""A link that can be cut: passes connections on to another place, until it is told not to."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self

PIECE = 65536


class Proxy:
    """Listens on a port of its own and passes on what comes."""

    def __init__(self, target: tuple[str, int]) -> None:
        """Listen; nothing is passed on before the block is entered."""
        self._target, self._whole, self._open = target, threading.Event(), set[socket.socket]()
        self._ear = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._ear.getsockname()[1])
        self._whole.set()

    def __enter__(self) -> Self:
        """Begin to pass on."""
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End everything."""
        self._ear.close()
        self.cut()

    def cut(self) -> None:
        """Break every connection in its middle and take no new one."""
        self._whole.clear()
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Pass on again."""
        self._whole.set()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                plug, _address = self._ear.accept()
                if self._whole.is_set():
                    threading.Thread(target=self._serve, args=(plug,), daemon=True).start()
                else:
                    plug.close()

    def _serve(self, plug: socket.socket) -> None:
        with contextlib.suppress(OSError), plug, socket.create_connection(self._target) as other:
            self._open |= {plug, other}
            back = threading.Thread(target=_pass, args=(other, plug), daemon=True)
            back.start()
            _pass(plug, other)
            back.join()
            self._open -= {plug, other}


def _pass(here: socket.socket, there: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := here.recv(PIECE):
            there.sendall(piece)
        there.shutdown(socket.SHUT_WR)
