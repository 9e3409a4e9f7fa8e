"""For the tests of every domain: let what was published be heard at once, in this process and transaction."""

from linli.kernel import facts
from linli.kernel.actions.deliver import deliver_next
from linli.kernel.actions.relay import relay_once
from linli.kernel.rules.clock import now


def deliver_all() -> int:
    """Deliver until nothing is left, also what receivers publish themselves, and return how many facts were heard."""
    heard = 0
    while True:
        passed = relay_once(now=now(), settled=False)
        told = sum(deliver_next(receiver=name, now=now()) for name in facts.receivers())
        heard += told
        if not passed and not told:
            return heard
