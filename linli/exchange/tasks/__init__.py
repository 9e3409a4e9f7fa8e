"""The jobs of exchange: asking sources, comparing the base, carrying between nodes, clocks of what is shared."""

from linli.exchange.tasks.carrying import carry_on, carry_soon
from linli.exchange.tasks.collecting import close_load, close_load_soon, collect, collect_soon, take, take_soon
from linli.exchange.tasks.linking import learn, rerun
from linli.exchange.tasks.pushing import push_soon
from linli.exchange.tasks.sharing import sweep, work_off_batch, work_off_soon

__all__ = [
    "carry_on",
    "carry_soon",
    "close_load",
    "close_load_soon",
    "collect",
    "collect_soon",
    "learn",
    "push_soon",
    "rerun",
    "sweep",
    "take",
    "take_soon",
    "work_off_batch",
    "work_off_soon",
]
