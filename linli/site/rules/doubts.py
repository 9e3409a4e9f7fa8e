"""Doubts about a reply as sentences, those of the rules and those of a learned model with its reasons."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.events import api as events

__all__ = ["doubt_words"]

SUREST = 99  # per cent: no model is certain


def doubt_words(doubt: events.Doubt) -> str:
    """Return a doubt about a reply as a sentence."""
    if doubt.code == "perfunctory":
        return _perfunctory(doubt)
    words = {
        "on_topic words": _("It hardly takes up what was said: does it answer this report?"),
        "complete short": _("Beyond courtesy it says very little."),
        "complete when": _("A day was asked for, and none is named."),
        "complete question": _("There was a question, and the reply has no answer to it."),
        "explained handed_over": _("It says only that the matter was passed on, not what comes of it."),
        "explained reasons": _("It gives no reason, no step and no day."),
        "polite rude": _("Some words may hurt."),
        "polite address": _("It does not address the reporter."),
        "on_time late": _("The deadline is over: a word of apology and the reason would be fair."),
    }
    return words.get(f"{doubt.code} {doubt.about}", doubt.code)


def _perfunctory(doubt: events.Doubt) -> str:
    because = pgettext("between names", ", ").join(_reason_words(one) for one in doubt.reasons)
    chance = min(round(doubt.chance * 100), SUREST)
    if not because:
        return _("Looks perfunctory (%(chance)d %% probable).") % {"chance": chance}
    said = {"because": because, "chance": chance}
    return _("Looks perfunctory (%(chance)d %% probable), because %(because)s.") % said


def _reason_words(reason: str) -> str:
    words = {
        "short": _("it says little beyond courtesy"),
        "no_news": _("it holds hardly anything the reporter did not know"),
        "handed_over": _("it tells that the matter was passed on"),
        "received": _("much of it confirms receipt or thanks"),
        "promised": _("it promises without a result"),
        "elsewhere": _("it sends the reporter elsewhere"),
        "asks_more": _("it asks for details that are missing"),
        "answered_before": _("it points to an earlier answer"),
        "no_steps": _("it names no reason, step, day or figure"),
        "unfinished": _("it ends where the answer should begin"),
        "wording": _("its wording is like that of replies judged perfunctory"),
    }
    return words.get(reason, reason)
