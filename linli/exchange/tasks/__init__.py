"""The jobs of exchange: asking sources, and carrying what nodes tell each other."""

from linli.exchange.tasks.carrying import carry_on, carry_soon
from linli.exchange.tasks.collecting import collect, collect_soon, take, take_soon

__all__ = ["carry_on", "carry_soon", "collect", "collect_soon", "take", "take_soon"]
