"""What the site plugs into the slots of the floors below: the benches of a whole node."""

from linli.kernel import slots
from linli.site.plugins.bench_crash import CrashBench
from linli.site.plugins.bench_inbox import InboxBench
from linli.site.plugins.bench_intake import IntakeBench


def register() -> None:
    """Register everything once, at start."""
    slots.benches.register(IntakeBench())
    slots.benches.register(InboxBench())
    slots.benches.register(CrashBench())
