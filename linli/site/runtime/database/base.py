"""What Django loads as the engine of DATABASES."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; a connection that rests, and whose socket is silent, is alive without a round trip to ask."""

    def is_usable(self) -> bool:
        """Say whether the connection can be used: a server that goes away closes the socket, and says so before."""
        return self._is_at_rest() or super().is_usable()

    def _is_at_rest(self) -> bool:
        if self.connection is None or self.connection.info.transaction_status != TransactionStatus.IDLE:
            return False
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN)
        return not socket.poll(0)
