"""What exchange may be asked, by those above it."""

from linli.exchange.actions.measure_online import measure_online
from linli.exchange.queries.linkage_measure import measure_batch

__all__ = ["measure_batch", "measure_online"]
