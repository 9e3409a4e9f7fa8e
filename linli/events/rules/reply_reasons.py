"""Why a model finds a reply perfunctory: its features put together under the few reasons that a person can check."""

from collections.abc import Mapping

from linli.events.rules.replies import PATTERNS, core_of, counts_in
from linli.events.rules.replies_model import Answered, ReplyModel

__all__ = ["REASONS", "reasons_for"]

MOST = 3
SHORT = 60
STEPS = ("reasons", "done", "when", "figures", "points")
ABOUT = {  # the beginning of a feature's name: which reason it belongs to
    "length": "short", "up_to": "short", "sentences": "short", "substance": "short", "longest": "short",
    "news": "no_news", "on_topic": "no_news", "words_on": "no_news",
    "handed_over": "handed_over", "handing": "handed_over", "received": "received", "courtesy": "received",
    "greetings": "received", "promise": "promised", "elsewhere": "elsewhere", "sending": "elsewhere",
    "asks_more": "asks_more", "answered_before": "answered_before", "unfinished": "unfinished",
    **dict.fromkeys(STEPS, "no_steps"), "wording": "wording",
}  # fmt: skip
REASONS = tuple(dict.fromkeys(ABOUT.values()))


def reasons_for(model: ReplyModel, reply: Answered) -> tuple[str, ...]:
    """Return at most three of REASONS, the strongest first; only what can be seen in the reply itself."""
    core, weight = core_of(reply.reply), dict.fromkeys(REASONS, 0.0)
    shares = model.shares(reply)
    for name, share in shares.items():
        if reason := next((to for start, to in ABOUT.items() if name.startswith(start)), None):
            weight[reason] += share
    counts = counts_in(core)
    strong = sorted((one for one in REASONS if weight[one] > 0), key=lambda one: -weight[one])
    told = tuple(one for one in strong if one != "wording" and _seen(one, core, counts))[:MOST]
    return told or (("wording",) if weight["wording"] > 0 else ())  # what nobody can check speaks only where alone


def _seen(reason: str, core: str, counts: Mapping[str, int]) -> bool:
    """Return whether a person who reads the reply will find the reason in it."""
    if reason == "short":
        return len(core) < SHORT
    if reason == "no_steps":
        return not any(counts[name] for name in STEPS)
    if reason == "unfinished":
        return core.endswith((":", "如下", "如下。"))
    return reason not in PATTERNS or counts[reason] > 0
