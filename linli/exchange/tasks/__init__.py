"""The jobs of exchange: asking sources, carrying what nodes tell each other, clocks of what is shared and corrected."""

from linli.exchange.tasks.carrying import carry_on, carry_soon
from linli.exchange.tasks.collecting import close_load, close_load_soon, collect, collect_soon, take, take_soon
from linli.exchange.tasks.pushing import push_soon
from linli.exchange.tasks.sharing import sweep, work_off_batch, work_off_soon

__all__ = [
    "carry_on",
    "carry_soon",
    "close_load",
    "close_load_soon",
    "collect",
    "collect_soon",
    "push_soon",
    "sweep",
    "take",
    "take_soon",
    "work_off_batch",
    "work_off_soon",
]
