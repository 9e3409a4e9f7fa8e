"""What a step of an event's life is called among officers; residents read rules/plain.py."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from linli.site.rules.joint import joint_words


def step_words(step: str, data: Mapping[str, Any]) -> str:
    """Return a step as officers say it."""
    if step in {"dispatch", "redispatch"}:
        return _("Assigned to %(unit)s: %(matter)s") % {"unit": data.get("unit", ""), "matter": data.get("matter", "")}
    if step in {"escalate", "raise"}:
        return _("Overdue: rose from %(from)s to %(unit)s, level %(level)s") % {
            "from": "",
            "unit": "",
            "level": "",
            **data,
        }
    if joint := joint_words(step, data):
        return joint
    if step in TOLD:
        return TOLD[step](data)
    words = {
        "report": _("Reported"),
        "hold_for_screening": _("With the county centre, which decides"),
        "correct_place": _("Place corrected: %(place)s") % {"place": data.get("place", "")},
        "correct_matter": _("Matter corrected: %(matter)s") % {"matter": data.get("matter", "")},
        "accept": _("Accepted"),
        "return": _("Given back"),
        "start": _("Work began"),
        "contact": _("Reporter contacted"),
        "note": _("Note"),
        "submit": _("Result submitted"),
        "send_back": _("Sent back after the check"),
        "pass": _("Check passed"),
        "close": _("Closed"),
        "reject": _("Not taken up"),
        "reopen": _("Opened again"),
        "pause": _("Clock paused: waiting for the reporter"),
        "review": _("Looked at again; stays hung up"),
        "review_due": _("The date of review is near"),
        "resume": _("The clock goes on"),
        "information": _("The reporter adds"),
        "photo": _("Photos added"),
        "media": _("Link to media, sent by the reporter"),
        "rate": _("Rated by the reporter"),
        "supervise": _("Supervision note"),
        "answer_supervision": _("Supervision note answered"),
        "call_back": _("Reporter called back"),
        "ask_volunteer": _("Volunteers asked to look"),
        "volunteer_check": _("Checked by a volunteer"),
        "publish": _("Answer made public"),
    }
    return words.get(step, step)


def _asked(data: Mapping[str, Any]) -> str:
    amount = data.get("amount", 0)
    words = {
        "extend": _("Asked for %(n)s more working hours"),
        "suspend": _("Asked to suspend for %(n)s working days"),
        "hang_up": _("Asked to hang up, with a review in %(n)s days"),
    }
    return words.get(data.get("kind", ""), "%(n)s") % {"n": amount}


def _decided(data: Mapping[str, Any]) -> str:
    said = _("granted") if data.get("granted") else _("refused")
    return _("%(what)s: %(said)s") % {"what": _asked(data), "said": said}


def _objected(data: Mapping[str, Any]) -> str:
    said = {"unit": data.get("unit", ""), "office": data.get("office", "")}
    return _("%(unit)s objects; %(office)s decides") % said


def _upheld(data: Mapping[str, Any]) -> str:
    return _("Decided: %(unit)s has it") % {"unit": data.get("unit", "")}


def _overruled(data: Mapping[str, Any]) -> str:
    return _("Decided: it stays with %(unit)s") % {"unit": data.get("unit", "")}


def _stage_ended(data: Mapping[str, Any]) -> str:
    words = _("Stage not needed: %(stage)s")
    if data.get("needed", True):
        words = _("Stage done late: %(stage)s") if data.get("late") else _("Stage done: %(stage)s")
    return words % {"stage": data.get("stage", "")}


def _stage_missed(data: Mapping[str, Any]) -> str:
    return _("Stage late: %(stage)s") % {"stage": data.get("stage", "")}


TOLD: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "ask_clock": _asked,
    "decide_clock": _decided,
    "end_stage": _stage_ended,
    "stage_missed": _stage_missed,
    "object": _objected,
    "uphold": _upheld,
    "overrule": _overruled,
}


def condition_words(code: str) -> str:
    """Return a closing condition as officers say it."""
    words = {
        "reply_text": _("An answer that the reporter can read"),
        "photo_after": _("A photo of how it looks afterwards"),
        "reporter_contacted": _("The reporter has been contacted"),
        "registry_updated": _("The register is up to date"),
        "reinspection": _("Somebody else has checked it on site"),
    }
    return words.get(code, code)


def channel_name(code: str) -> str:
    """Return how a report came in, in words."""
    names = {
        "web": _("resident page"),
        "desk": _("taken down at the desk"),
        "hotline": _("hotline"),
        "rest": _("other system"),
        "source": _("raised because it recurs"),
        "own_data": _("who looked at my data"),
        "devices": _("devices around me"),
        "open311": _("app of others (Open311)"),
    }
    return names.get(code, code)
