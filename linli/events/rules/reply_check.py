"""A look at a reply before it leaves: on topic, complete, explained, polite, on time. It proposes; people decide."""

import re
from dataclasses import dataclass
from datetime import datetime

from linli.events.rules.replies import core_of, counts_in, shared_pairs

__all__ = ["VERSION", "Doubt", "doubts_about"]

VERSION = "reply-1"
SHORTEST = 20  # characters without courtesy; below, people call nine replies of ten perfunctory
TOPIC = 2
RUDE = re.compile(
    "无理取闹|不归我们|跟我们无关|与我们无关|不要再来|自己想办法|爱找谁找谁|没空|懒得|闭嘴|胡说|瞎说|刁民"
)
ADDRESS = re.compile("您|你")
QUESTION = re.compile("[?？]|什么时候|何时|多久|怎么|如何|是否|能不能|可不可以|哪里|多少")
WHEN = re.compile("什么时候|何时|多久|几时")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at again. `code` is on_topic, complete, explained, polite or on_time; `about` what of it.

    From a learned model the code is perfunctory, with the chance (0 to 1), its reasons and the version.
    """

    code: str
    about: str
    reasons: tuple[str, ...] = ()
    chance: float = 0.0
    version: str = VERSION


def doubts_about(*, asked: str, reply: str, due: datetime | None, now: datetime) -> list[Doubt]:
    """Return what may be wrong with a reply, nothing where it looks well.

    Nobody is kept from sending it: the officer reads the doubts beside the words and decides.
    """
    core = core_of(reply)
    counts = counts_in(core)
    says = {name for name, count in counts.items() if count}
    found = [
        Doubt("on_topic", "words") if shared_pairs(asked, core) < TOPIC else None,
        Doubt("complete", "short") if len(core) < SHORTEST else None,
        Doubt("complete", "when") if WHEN.search(asked) and "when" not in says else None,
        Doubt("complete", "question") if QUESTION.search(asked) and not says - {"received", "promised"} else None,
        Doubt("explained", "handed_over") if _only_handed_over(says) else None,
        Doubt("explained", "reasons") if not says & {"reasons", "done", "when", "figures", "elsewhere"} else None,
        Doubt("polite", "rude") if RUDE.search(reply) else None,
        Doubt("polite", "address") if not ADDRESS.search(reply) else None,
        Doubt("on_time", "late") if due is not None and now > due else None,
    ]
    return [one for one in found if one]


def _only_handed_over(says: set[str]) -> bool:
    return bool(says & {"handed_over", "received", "promised"}) and not says & {"done", "figures", "reasons", "when"}
